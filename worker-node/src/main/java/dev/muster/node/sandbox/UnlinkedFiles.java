package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Files that have lost their name and are held open: they fill a disk, and no look at a folder
/// finds them.
final class UnlinkedFiles {
  private static final Path PROC = Path.of("/proc");

  private UnlinkedFiles() {}

  /// What those of some processes hold together, on the file system of a folder. A process that
  /// ends meanwhile counts nothing.
  static long bytes(List<Long> processes, Path folder) throws IOException {
    var disk = Files.getAttribute(folder, "unix:dev");
    Map<Object, Long> sizes = new HashMap<>();
    for (var pid : processes) look(PROC.resolve(pid + "/fd"), disk, sizes);
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Several may hold the same one.
  private static void look(Path descriptors, Object disk, Map<Object, Long> sizes) {
    try (var all = Files.newDirectoryStream(descriptors)) {
      for (var descriptor : all) {
        var of = Files.readAttributes(descriptor, "unix:dev,ino,nlink,size,isRegularFile");
        if (Boolean.TRUE.equals(of.get("isRegularFile"))
            && Integer.valueOf(0).equals(of.get("nlink"))
            && disk.equals(of.get("dev"))) {
          sizes.put(of.get("ino"), (Long) of.get("size"));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      // It has ended, or closed this one.
    }
  }
}

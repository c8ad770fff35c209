package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.CallingThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The `/etc` of a step in one piece: what it sees of the host's is laid over empty files and
/// folders of this node, in the mounts of the thread that starts the step. Bubblewrap reads the
/// whole table of mounts for each that it makes, so that one costs it less than twenty.
///
/// @param folder of the empty files and folders
/// @param accounts folder with the `passwd` and `group` that scripts see
record EtcFolder(Path folder, Path accounts) {
  /// Whether a job can do with it: in there no place can be made for what it names besides.
  static boolean serves(Job job) {
    return Stream.of(List.of(job.target()), job.reads(), job.writes())
        .flatMap(List::stream)
        .noneMatch(path -> path.startsWith(SystemFiles.ETC));
  }

  /// To be called on a thread with mounts of its own.
  void lay(boolean network) throws IOException {
    Map<Path, Path> places = new LinkedHashMap<>();
    synchronized (EtcFolder.class) {
      for (var file : SystemFiles.here(network)) {
        places.put(file, place(SystemFiles.ETC.relativize(file), Files.isDirectory(file)));
      }
      for (var name : List.of("passwd", "group")) {
        places.put(accounts.resolve(name), place(Path.of(name), false));
      }
    }
    CallingThread.lay(places);
  }

  private Path place(Path name, boolean isFolder) throws IOException {
    var place = folder.resolve(name);
    if (isFolder ? Files.isDirectory(place) : Files.isRegularFile(place)) return place;
    // Of an earlier version of the host.
    if (Files.exists(place)) Files.delete(place);
    for (var missing : missing(isFolder ? place : place.resolveSibling("."))) {
      Files.createDirectory(missing);
      // Another user must get through, whatever the umask is.
      Files.setPosixFilePermissions(missing, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    if (!isFolder) Files.createFile(place);
    return place;
  }

  private static List<Path> missing(Path folder) {
    var missing = new ArrayList<Path>();
    for (var path = folder.normalize();
        path != null && !Files.exists(path);
        path = path.getParent()) {
      missing.addFirst(path);
    }
    return missing;
  }
}

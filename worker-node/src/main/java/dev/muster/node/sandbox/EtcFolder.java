package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.CallingThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The `/etc` of a step in one piece. Single files are copies, which are made anew when the host's
/// have changed. What it sees of the host's folders is laid over empty ones: in the mounts of the
/// thread that starts the step where it has its own, else by bubblewrap. That reads the whole table
/// of mounts for each that it makes, so that one costs it less than twenty, and the fewer are laid
/// the less each costs.
///
/// @param folder of the copies and the empty folders
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
    CallingThread.lay(prepare(network));
  }

  /// What is still to be laid, from what is shown to where in this folder: all that is no copy.
  Map<Path, Path> prepare(boolean network) throws IOException {
    Map<Path, Path> places = new LinkedHashMap<>();
    synchronized (EtcFolder.class) {
      for (var file : SystemFiles.here(network)) {
        var name = SystemFiles.ETC.relativize(file);
        if (Files.isDirectory(file)) places.put(file, folderAt(name));
        else if (SystemFiles.changesMeanwhile(file)) places.put(file, fileAt(name));
        else copy(file, name);
      }
      for (var file : SystemFiles.missing(network)) forget(SystemFiles.ETC.relativize(file));
      for (var name : List.of("passwd", "group")) copy(accounts.resolve(name), Path.of(name));
    }
    return places;
  }

  private Path folderAt(Path name) throws IOException {
    var place = folder.resolve(name);
    // A file of that name is of an earlier version of the host.
    if (!Files.isDirectory(place)) Files.deleteIfExists(place);
    make(place);
    return place;
  }

  private Path fileAt(Path name) throws IOException {
    var place = folder.resolve(name);
    if (Files.isRegularFile(place)) return place;
    Files.deleteIfExists(place);
    make(place.resolveSibling(".").normalize());
    return Files.createFile(place);
  }

  /// Takes the place of an older one in one move: another step may be reading that.
  private void copy(Path file, Path name) throws IOException {
    var place = folder.resolve(name);
    if (isCopy(place, file)) return;
    if (Files.isDirectory(place)) Files.delete(place);
    make(place.resolveSibling(".").normalize());
    var draft = accounts.resolve("etc-draft");
    Files.copy(
        file, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Whoever changes a file may set its size and time of writing as they were, but not when it was
  /// changed last: before the copy was made.
  private static boolean isCopy(Path place, Path file) throws IOException {
    if (!Files.isRegularFile(place)) return false;
    var copy = Files.readAttributes(place, BasicFileAttributes.class);
    var now = Files.readAttributes(file, BasicFileAttributes.class);
    return copy.size() == now.size()
        && copy.lastModifiedTime().equals(now.lastModifiedTime())
        && changed(file).compareTo(changed(place)) <= 0;
  }

  private static FileTime changed(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "unix:ctime");
  }

  /// The host has it no more.
  private void forget(Path name) throws IOException {
    var place = folder.resolve(name);
    if (Files.isRegularFile(place)) Files.delete(place);
  }

  private static void make(Path folder) throws IOException {
    for (var missing : missing(folder)) {
      Files.createDirectory(missing);
      // Another user must get through, whatever the umask is.
      Files.setPosixFilePermissions(missing, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static List<Path> missing(Path folder) {
    var missing = new ArrayList<Path>();
    for (var path = folder; path != null && !Files.exists(path); path = path.getParent()) {
      missing.addFirst(path);
    }
    return missing;
  }
}

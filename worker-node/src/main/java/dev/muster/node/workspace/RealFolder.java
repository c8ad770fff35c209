package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders reached from `/` name by name, each opened below the one before and never through a link
/// ([Openat]), so that nobody who exchanges a name meanwhile leads us elsewhere. Java's own calls
/// cannot make a folder that way.
public final class RealFolder {
  /// Makes the folder and those above it, where they are missing.
  ///
  /// @param folder absolute and normalized
  /// @return device and inode, as `stat -c %d:%i` prints them
  /// @throws IOException also when a link or something else stands in the way
  public static String make(Path folder) throws IOException {
    var root = Path.of("/");
    var open = opened(Openat.folder(Openat.IN_FRONT, root), root, folder);
    try {
      for (var name : folder) {
        var next = openOrMake(open, name, folder);
        Openat.close(open);
        open = next;
      }
      return key(Openat.path(open));
    } finally {
      Openat.close(open);
    }
  }

  /// Device and inode of what a path leads to.
  static String key(Path path) throws IOException {
    var all = Files.readAttributes(path, "unix:dev,ino");
    return all.get("dev") + ":" + all.get("ino");
  }

  private static int openOrMake(int in, Path name, Path folder) throws IOException {
    var open = Openat.folder(in, name);
    if (open != -Openat.ENOENT) return opened(open, name, folder);
    var made = Openat.makeFolder(in, name);
    if (made < 0 && made != -Openat.EEXIST) return opened(made, name, folder);
    return opened(Openat.folder(in, name), name, folder);
  }

  private static int opened(int descriptor, Path name, Path folder) throws IOException {
    if (descriptor >= 0) return descriptor;
    throw new IOException(
        "no permit can make %s writable: `%s` is a link, no folder, or closed to this user (errno %d)"
            .formatted(folder, name, -descriptor));
  }

  private RealFolder() {}
}

package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;

/// Empty files, folders and links that are copied into the root of a sandbox, for mounts to go
/// onto. What most jobs have in common is made once and kept.
record Skeleton(Path folder) {
  private static final Path ROOT = Path.of("/");

  /// Whether every job has it, so that keeping it tells no job about another.
  static boolean isCommon(Path at) {
    return at.startsWith("/etc") || at.startsWith("/dev") || at.startsWith(JobView.ROOT);
  }

  boolean isEmpty() {
    return !Files.exists(folder);
  }

  void add(Path at) throws IOException {
    var missing = new ArrayDeque<Path>();
    for (var path = inside(at); path != null && !Files.isDirectory(path); path = path.getParent()) {
      missing.push(path);
    }
    for (var path : missing) {
      try {
        Files.createDirectory(path);
      } catch (FileAlreadyExistsException _) {
        continue; // another step made it just now
      }
      // Another user must get through, whatever the umask is.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  void addFile(Path at) throws IOException {
    if (Files.exists(inside(at))) return;
    add(parent(at));
    try {
      Files.createFile(inside(at));
    } catch (FileAlreadyExistsException _) {
      // Another step made it just now.
    }
  }

  void add(Mount.Link link) throws IOException {
    var path = inside(link.at());
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
    add(parent(link.at()));
    try {
      Files.createSymbolicLink(path, Path.of(link.to()));
    } catch (FileAlreadyExistsException _) {
      // Another step made it just now.
    }
  }

  private static Path parent(Path at) {
    var parent = at.getParent();
    return parent == null ? ROOT : parent;
  }

  private Path inside(Path at) {
    return folder.resolve(ROOT.relativize(at).toString());
  }
}

package dev.muster.orchestrator.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The folder `<results>/<run>`. A file appears in it whole or not at all.
final class ResultsFolder {
  private static final AtomicLong TEMPORARY = new AtomicLong();

  private final Path root;

  ResultsFolder(Path results, String run) {
    this.root = results.resolve(run);
  }

  Path root() {
    return root;
  }

  /// Throws `ResultsException` with the path and what to do about it.
  Path write(String name, byte[] content) {
    return replace(root.resolve(name), temporary -> Files.write(temporary, content));
  }

  /// Copies a file of the artifact store, unless it is there already.
  void copy(Path stored, Path target, boolean executable) {
    if (same(stored, target)) return;
    replace(
        target,
        temporary -> {
          Files.copy(stored, temporary);
          if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(
                temporary, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
          }
        });
  }

  private static boolean same(Path stored, Path target) {
    try {
      return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          && Files.mismatch(stored, target) == -1;
    } catch (IOException e) {
      return false;
    }
  }

  /// Where a deliverable belongs; null for a path that would leave the folder.
  @Nullable Path deliverable(String path) {
    var folder = root.resolve("deliverables");
    try {
      var target = folder.resolve(path).normalize();
      return target.startsWith(folder) && !target.equals(folder) ? target : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private interface Content {
    void writeTo(Path temporary) throws IOException;
  }

  private static Path replace(Path target, Content content) {
    var temporary =
        target.resolveSibling(
            ".%s.%d-%d.tmp"
                .formatted(
                    target.getFileName(),
                    ProcessHandle.current().pid(),
                    TEMPORARY.incrementAndGet()));
    try {
      Files.createDirectories(target.getParent());
      try {
        content.writeTo(temporary);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return target;
    } catch (IOException e) {
      throw new ResultsException(
          "cannot write "
              + target
              + " ("
              + e
              + "): the run is safe in its journal; make the folder writable, then write the"
              + " results again with `muster results <run>`",
          e);
    }
  }
}

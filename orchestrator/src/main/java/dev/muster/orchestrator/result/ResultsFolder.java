package dev.muster.orchestrator.result;

import dev.muster.orchestrator.storage.Artifacts;
import dev.muster.orchestrator.storage.Sha256;
import dev.muster.protocol.worker.Artifact;
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

  /// Fetches a deliverable, unless it is there already, or the store no longer has it.
  void copy(Artifact artifact, Artifacts artifacts, Path target) {
    if (same(artifact, target)) return;
    try {
      if (!artifacts.holds(artifact.sha256())) return;
    } catch (IOException e) {
      throw failed(target, e);
    }
    replace(
        target,
        temporary -> {
          artifacts.fetch(artifact.sha256(), temporary);
          if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(
                temporary,
                PosixFilePermissions.fromString(artifact.executable() ? "rwxr-xr-x" : "rw-r--r--"));
          }
        });
  }

  private static boolean same(Artifact artifact, Path target) {
    try {
      return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          && Files.size(target) == artifact.bytes()
          && Sha256.of(target).equals(artifact.sha256());
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
            // Without its own name, which may be as long as a name can be.
            ".muster-%d-%d.tmp"
                .formatted(ProcessHandle.current().pid(), TEMPORARY.incrementAndGet()));
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
      throw failed(target, e);
    }
  }

  private static ResultsException failed(Path target, IOException e) {
    return new ResultsException(
        "cannot write "
            + target
            + " ("
            + e
            + "): the run is safe in its journal; make the folder writable, then write the"
            + " results again with `muster results <run>`",
        e);
  }
}

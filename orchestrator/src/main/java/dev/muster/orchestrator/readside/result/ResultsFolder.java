package dev.muster.orchestrator.readside.result;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;

/// The folder `<results>/<run>`. A file appears in it whole or not at all.
final class ResultsFolder {
  private static final AtomicLong TEMPORARY = new AtomicLong();

  private final Path results;
  private final Path root;

  ResultsFolder(Path results, String run) {
    this.results = results;
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

  /// @param place as `Deliveries` says
  Path at(String place) {
    return root.resolve(place);
  }

  private interface Content {
    void writeTo(Path temporary) throws IOException;
  }

  /// The temporary name does not hold the target's, which may be as long as names can be.
  private Path replace(Path target, Content content) {
    var temporary =
        target.resolveSibling(
            ".%d-%d.tmp".formatted(ProcessHandle.current().pid(), TEMPORARY.incrementAndGet()));
    try {
      var link = ResultsPlace.linkOnTheWay(results, target);
      if (link != null) throw new FileSystemException(target.toString(), null, link);
      makeRoom(target);
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

  /// A file of an earlier writing may stand where now a folder belongs.
  private void makeRoom(Path target) throws IOException {
    for (var folder = target.getParent();
        folder != null && folder.startsWith(root) && !folder.equals(root);
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder, LinkOption.NOFOLLOW_LINKS)) Files.delete(folder);
    }
  }

  private static ResultsException failed(Path target, IOException e) {
    return new ResultsException("cannot write " + target + " (" + reason(e) + ")", e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission is denied";
      case FileAlreadyExistsException it -> it.getFile() + " is not a folder";
      case NoSuchFileException it -> "there is no " + it.getFile();
      case FileSystemException it when it.getReason() != null -> it.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}

package dev.muster.node.validation;

import dev.muster.node.workspace.FileNames;
import dev.muster.node.workspace.Snapshots;
import dev.muster.node.workspace.Snapshots.RefusedException;
import dev.muster.node.workspace.WorkspacePath.UnsafePathException;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files an instruction owes, as they are in a folder.
///
/// @param problem the first thing that is wrong with them; null when all are there
/// @param lasting whether the same work would come to the same problem
record Deliverables(List<Artifact> artifacts, @Nullable String problem, boolean lasting) {
  /// What names and hashes may take together: a receipt is journalled, sent, and handed on.
  private static final int LISTED_BYTES_MAX = 1 << 20;

  /// Of a hash and the rest of an entry, besides its name.
  private static final int ENTRY_BYTES = 160;

  private static final int LISTED_WHEN_TOO_MANY = 100;

  Deliverables {
    artifacts = List.copyOf(artifacts);
  }

  /// The results file is not owed: the runtime writes it.
  static Deliverables in(Path folder, WorkerInstruction instruction) throws IOException {
    var found = new LinkedHashSet<Artifact>();
    for (var path : instruction.deliverables()) {
      if (path.equals(instruction.resultsFile())) continue;
      try {
        var files = Snapshots.take(folder, path);
        if (files.isEmpty()) return broken(found, missing(folder, path), false);
        found.addAll(files);
        if (listedBytes(found) > LISTED_BYTES_MAX) return tooMany(found);
      } catch (UnsafePathException e) {
        return broken(found, taken(path, e), false);
      } catch (RefusedException e) {
        return broken(found, taken(path, e), e.lasting());
      }
    }
    return new Deliverables(List.copyOf(found), null, false);
  }

  private static long listedBytes(Set<Artifact> found) {
    return found.stream()
        .mapToLong(it -> it.path().getBytes(StandardCharsets.UTF_8).length + ENTRY_BYTES)
        .sum();
  }

  private static Deliverables tooMany(Set<Artifact> found) {
    var problem =
        "the deliverables are at least %d files, and their names and hashes more than the %d KiB that a receipt holds (it lists the first %d): deliver them in an archive"
            .formatted(found.size(), LISTED_BYTES_MAX >> 10, LISTED_WHEN_TOO_MANY);
    var first = found.stream().limit(LISTED_WHEN_TOO_MANY).toList();
    return new Deliverables(first, problem, true);
  }

  private static Deliverables broken(Set<Artifact> found, String problem, boolean lasting) {
    return new Deliverables(List.copyOf(found), problem, lasting);
  }

  private static String missing(Path folder, String path) {
    return Files.isDirectory(folder.resolve(path))
        ? "the deliverable `%s` is a folder without files".formatted(path)
        : "the deliverable `%s` is missing from the workspace".formatted(path);
  }

  private static String taken(String path, IOException why) {
    return "the deliverable `%s` cannot be taken: %s".formatted(path, why.getMessage());
  }

  /// What is different in another folder, in words; null when all is the same.
  @Nullable String changedIn(Path folder) throws IOException {
    for (var artifact : artifacts) {
      try {
        var now = Snapshots.take(folder, artifact.path());
        if (now.size() != 1 || !now.getFirst().withoutTime().equals(artifact.withoutTime())) {
          return "the deliverable `%s` changed under the test".formatted(shown(artifact));
        }
      } catch (UnsafePathException _) {
        return "the deliverable `%s` became a link under the test".formatted(shown(artifact));
      } catch (RefusedException _) {
        return "the deliverable `%s` became unreadable under the test".formatted(shown(artifact));
      }
    }
    return null;
  }

  private static String shown(Artifact artifact) {
    return FileNames.shown(Path.of(artifact.path()));
  }
}

package dev.muster.node.validation;

import dev.muster.node.workspace.Snapshots;
import dev.muster.node.workspace.WorkspacePath.UnsafePathException;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files an instruction owes, as they are in a folder.
///
/// @param problem the first thing that is wrong with them; null when all are there
record Deliverables(List<Artifact> artifacts, @Nullable String problem) {
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
        if (files.isEmpty()) {
          return new Deliverables(
              List.copyOf(found),
              "the deliverable `%s` is missing from the workspace".formatted(path));
        }
        found.addAll(files);
      } catch (UnsafePathException e) {
        return new Deliverables(
            List.copyOf(found),
            "the deliverable `%s` cannot be taken: %s".formatted(path, e.getMessage()));
      }
    }
    return new Deliverables(List.copyOf(found), null);
  }

  /// What is different in another folder, in words; null when all is the same.
  @Nullable String changedIn(Path folder) throws IOException {
    for (var artifact : artifacts) {
      try {
        var now = Snapshots.take(folder, artifact.path());
        if (!now.equals(List.of(artifact))) {
          return "the deliverable `%s` changed under the test".formatted(artifact.path());
        }
      } catch (UnsafePathException _) {
        return "the deliverable `%s` became a link under the test".formatted(artifact.path());
      }
    }
    return null;
  }
}

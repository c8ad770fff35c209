package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.FolderPack;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Packs a target once, when its run is created, and hands it over as an artifact.
///
/// @param data folder of the node, for the archive while it is made
public record PackedTargets(Artifacts artifacts, Path data) implements Targets {
  @Override
  public String hand(Path target, List<Path> hidden) {
    try {
      var archive = Files.createTempFile(data, "target-", ".tar.gz");
      try {
        FolderPack.without(real(hidden)).write(target, archive);
        return artifacts.put(archive);
      } finally {
        Files.deleteIfExists(archive);
      }
    } catch (FolderPack.TooLargeException e) {
      throw Refusal.unusable("target-too-large", String.valueOf(e.getMessage()));
    } catch (Artifacts.UnreachableException e) {
      throw Refusal.unavailable("artifacts-unreachable", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Refusal.unusable(
          "unreadable-target",
          "the target " + target + " cannot be handed to the nodes: " + Why.of(e));
    }
  }

  private static List<Path> real(List<Path> folders) throws IOException {
    var real = new ArrayList<Path>();
    for (var folder : folders) if (Files.exists(folder)) real.add(folder.toRealPath());
    return real;
  }
}

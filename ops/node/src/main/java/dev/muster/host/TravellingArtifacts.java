package dev.muster.host;

import dev.muster.node.workspace.ArtifactStore;
import dev.muster.orchestrator.storage.Artifacts;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The contents of the cluster, for who does the work.
record TravellingArtifacts(Artifacts artifacts) implements ArtifactStore {
  @Override
  public Artifact put(Path file, String path) throws IOException {
    try {
      var sha256 = artifacts.put(file);
      return new Artifact(path, sha256, Files.size(file), Files.isExecutable(file));
    } catch (Artifacts.UnreachableException e) {
      throw unreachable(e);
    }
  }

  @Override
  public void fetch(Artifact artifact, Path to) throws IOException {
    try {
      artifacts.fetch(artifact.sha256(), to);
    } catch (Artifacts.UnreachableException e) {
      throw unreachable(e);
    }
    if (artifact.executable() && !to.toFile().setExecutable(true)) {
      throw new IOException("could not set the execute bit of " + to);
    }
  }

  private static UnreachableException unreachable(Artifacts.UnreachableException e) {
    return new UnreachableException(String.valueOf(e.getMessage()), e);
  }
}

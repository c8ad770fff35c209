package dev.muster.host;

import dev.muster.node.workspace.FolderArtifactStore;
import dev.muster.orchestrator.storage.Artifacts;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.file.Path;

/// The shared folder of the workers, for who decides.
record FolderArtifacts(FolderArtifactStore folder) implements Artifacts {
  @Override
  public String put(Path file) throws IOException {
    return folder.put(file, String.valueOf(file.getFileName())).sha256();
  }

  @Override
  public boolean holds(String sha256) {
    return folder.holds(sha256);
  }

  @Override
  public void fetch(String sha256, Path to) throws IOException {
    folder.fetch(new Artifact(sha256, sha256, 0, false), to);
  }

  @Override
  public byte[] read(String sha256, long from, int bytesMax) throws IOException {
    return folder.read(sha256, from, bytesMax);
  }
}

package dev.muster.host;

import dev.muster.node.workspace.OldWorkspaces;
import dev.muster.orchestrator.usecase.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Those of this node's data folder.
record FilesOfRuns(Path data, String node) implements RunFiles {
  @Override
  public void remove(String run) {
    try {
      new OldWorkspaces(data).removeRun(run);
    } catch (IOException e) {
      throw new UncheckedIOException("the workspaces of " + run + " cannot be removed", e);
    }
  }

  @Override
  public Disk disk(String run) {
    try {
      var use = new OldWorkspaces(data).diskUse(run);
      return new Disk(run, node, use.bytes(), use.files());
    } catch (IOException e) {
      throw new UncheckedIOException("the workspaces of " + run + " cannot be looked at", e);
    }
  }
}

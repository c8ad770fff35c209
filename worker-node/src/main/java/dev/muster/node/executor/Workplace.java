package dev.muster.node.executor;

import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.node.workspace.LogShelf;
import dev.muster.node.workspace.TargetFolders;
import dev.muster.node.workspace.Workspaces;
import dev.muster.node.workspace.WrittenFolders;
import dev.muster.protocol.worker.Artifacts;
import java.nio.file.Path;
import java.util.List;

/// What a node works with.
///
/// @param targets copies of targets that are on another node
/// @param logs where the logs of attempts outlive the node
/// @param secrets what operations may be given by name
/// @param home folder of the operator, which no permit ever makes writable
/// @param writeOutside folders outside every target below which a permit may make writable
public record Workplace(
    Workspaces workspaces,
    Artifacts artifacts,
    TargetFolders targets,
    LogShelf logs,
    Sandbox sandbox,
    SandboxLimits limits,
    Path home,
    List<Path> writeOutside,
    Vault secrets) {
  public Workplace(
      Workspaces workspaces,
      Artifacts artifacts,
      TargetFolders targets,
      LogShelf logs,
      Sandbox sandbox,
      SandboxLimits limits,
      Path home,
      List<Path> writeOutside) {
    this(workspaces, artifacts, targets, logs, sandbox, limits, home, writeOutside, Vault.EMPTY);
  }

  public Workplace {
    home = RealPaths.of(home);
    writeOutside = writeOutside.stream().map(RealPaths::of).toList();
  }

  /// Where permitted operations have written.
  WrittenFolders written() {
    return new WrittenFolders(workspaces.dataFolder());
  }

  /// The data folder as the kernel knows it.
  Path data() {
    return RealPaths.of(workspaces.dataFolder());
  }
}

package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.host.settings.Settings.FileSharing;
import dev.muster.node.workspace.FolderArtifacts;
import dev.muster.node.workspace.LogShelf;
import dev.muster.orchestrator.app.ClusterLogs;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseArtifacts;
import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.usecase.LogSource;
import dev.muster.orchestrator.usecase.PackedTargets;
import dev.muster.orchestrator.usecase.Targets;
import dev.muster.protocol.worker.Artifacts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/// Where this node leaves and finds files that other nodes need. Must be closed after everything
/// that works, and before the database.
///
/// @param artifacts what workers deliver and get as their inputs, and results are written from
/// @param shelf takes the logs of attempts that ran here
/// @param logs finds those of any node, given how to ask another one
/// @param targets hands the targets of new runs to the nodes
record FileStores(
    Artifacts artifacts, LogShelf shelf, UnaryOperator<LogSource> logs, Targets targets)
    implements AutoCloseable {
  /// The folder of the settings, unless files are to travel through the database; a node of its own
  /// has nobody to send them to.
  static FileStores open(Settings settings, Database database, Path data, InstantSource clock) {
    var travel =
        settings.database().isServer() && settings.cluster().files() == FileSharing.DATABASE;
    var stored = new StoredLogs(database.source());
    var workspaces = data.resolve("workspaces");
    Artifacts artifacts =
        travel
            ? new DatabaseArtifacts(database.source(), clock)
            : new FolderArtifacts(settings.cluster().artifacts());
    return new FileStores(
        artifacts,
        settings.database().isServer()
            ? new KeptLogs(workspaces, artifacts, stored, settings.nodeName(), clock)
            : LogShelf.NONE,
        nodes -> new ClusterLogs(workspaces, stored, artifacts, nodes),
        travel ? new PackedTargets(artifacts, data) : Targets.SHARED);
  }

  @Override
  public void close() {
    if (shelf instanceof KeptLogs kept) kept.close();
  }
}

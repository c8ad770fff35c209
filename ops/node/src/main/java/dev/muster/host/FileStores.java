package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.host.settings.Settings.FileSharing;
import dev.muster.node.workspace.FolderArtifacts;
import dev.muster.node.workspace.FolderContents;
import dev.muster.node.workspace.LogShelf;
import dev.muster.orchestrator.app.ClusterLogs;
import dev.muster.orchestrator.journal.collection.CollectionTable;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseArtifacts;
import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.usecase.LogSource;
import dev.muster.orchestrator.usecase.PackedTargets;
import dev.muster.orchestrator.usecase.Targets;
import dev.muster.protocol.worker.Artifacts;
import dev.muster.protocol.worker.StoredContents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Where this node leaves and finds files that other nodes need. Must be closed after everything
/// that works, and before the database.
///
/// @param artifacts what workers deliver and get as their inputs, and results are written from
/// @param contents what lies there, for whoever removes what nobody names
/// @param shelf takes the logs of attempts that ran here
/// @param logs finds those of any node, given how to ask another one
/// @param targets hands the targets of new runs to the nodes
record FileStores(
    Artifacts artifacts,
    StoredContents contents,
    LogShelf shelf,
    UnaryOperator<LogSource> logs,
    Targets targets)
    implements AutoCloseable {
  /// The folder of the settings, unless files are to travel through the database; a node of its own
  /// has nobody to send them to.
  static FileStores open(Settings settings, Database database, Path data, InstantSource clock)
      throws IOException {
    var table = new CollectionTable(database.source());
    var fresh = UUID.randomUUID().toString();
    var travel =
        settings.database().isServer() && settings.cluster().files() == FileSharing.DATABASE;
    var stored = new StoredLogs(database.source());
    var workspaces = data.resolve("workspaces");
    var folder = settings.cluster().artifacts();
    var inDatabase = new DatabaseArtifacts(database.source(), clock);
    Artifacts artifacts = travel ? inDatabase : new FolderArtifacts(folder, clock);
    return new FileStores(
        artifacts,
        travel ? inDatabase : new FolderContents(folder, () -> table.store(fresh)),
        settings.database().isServer()
            ? new KeptLogs(workspaces, artifacts, stored, settings.nodeName(), clock)
            : LogShelf.NONE,
        nodes -> new ClusterLogs(workspaces, stored, artifacts, nodes),
        travel ? new PackedTargets(artifacts, data) : Targets.SHARED);
  }

  /// Once the database has its tables, before a content is put.
  void claim() throws IOException {
    if (contents instanceof FolderContents folder) folder.claim();
  }

  @Override
  public void close() {
    if (shelf instanceof KeptLogs kept) kept.close();
  }
}

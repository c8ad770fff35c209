package dev.muster.cli.node;

import dev.muster.cli.settings.Settings;
import dev.muster.cli.settings.Settings.FileSharing;
import dev.muster.node.workspace.ArtifactStore;
import dev.muster.node.workspace.FolderArtifactStore;
import dev.muster.node.workspace.LogShelf;
import dev.muster.orchestrator.app.ClusterLogs;
import dev.muster.orchestrator.http.LogSource;
import dev.muster.orchestrator.storage.Artifacts;
import dev.muster.orchestrator.storage.Database;
import dev.muster.orchestrator.storage.DatabaseArtifacts;
import dev.muster.orchestrator.storage.StoredLogs;
import java.nio.file.Path;
import java.time.InstantSource;

/// Where this node leaves and finds files that other nodes need. Must be closed after everything
/// that works, and before the database.
///
/// @param store what workers deliver, and get as their inputs
/// @param artifacts the same contents, as results are written from them
/// @param shelf takes the logs of attempts that ran here
/// @param logs finds those of any node
record FileStores(ArtifactStore store, Artifacts artifacts, LogShelf shelf, LogSource logs)
    implements AutoCloseable {
  /// The folder of the settings, unless files are to travel through the database; a node of its own
  /// has nobody to send them to.
  static FileStores open(Settings settings, Database database, Path data, InstantSource clock) {
    var stored = new StoredLogs(database.source());
    var workspaces = data.resolve("workspaces");
    if (!settings.database().isServer()) {
      var folder = new FolderArtifactStore(settings.cluster().artifacts());
      var artifacts = new FolderArtifacts(folder);
      return new FileStores(
          folder, artifacts, LogShelf.NONE, new ClusterLogs(workspaces, stored, artifacts));
    }
    var artifacts = artifacts(settings, database, clock);
    return new FileStores(
        new TravellingArtifacts(artifacts),
        artifacts,
        new KeptLogs(workspaces, artifacts, stored, settings.nodeName(), clock),
        new ClusterLogs(workspaces, stored, artifacts));
  }

  private static Artifacts artifacts(Settings settings, Database database, InstantSource clock) {
    return settings.cluster().files() == FileSharing.DATABASE
        ? new DatabaseArtifacts(database.source(), clock)
        : new FolderArtifacts(new FolderArtifactStore(settings.cluster().artifacts()));
  }

  @Override
  public void close() {
    if (shelf instanceof KeptLogs kept) kept.close();
  }
}

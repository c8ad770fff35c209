package dev.muster.node.workspace;

import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All workspaces of a node: `workspaces/<run>/<worker>/attempt-<n>` in its data folder.
///
/// Of a worker the newest attempt keeps everything; older ones keep only their log.
public final class Workspaces {
  private final Path dataFolder;

  public Workspaces(Path dataFolder) {
    this.dataFolder = dataFolder.toAbsolutePath().normalize();
  }

  public Path dataFolder() {
    return dataFolder;
  }

  /// A fresh workspace with the inputs in place. What an earlier preparation of the same attempt
  /// left is thrown away.
  public Workspace prepare(
      String run, String worker, int attempt, List<Artifact> inputs, Artifacts artifacts)
      throws IOException {
    forgetOlder(run, worker, attempt);
    var workspace = workspace(run, worker, attempt);
    Trees.delete(workspace.folder());
    createPrivate(workspace.folder());
    Files.createDirectory(workspace.work());
    Files.createDirectory(workspace.inputs());
    new HandedIn(workspace.work(), workspace.inputs()).lay(inputs, artifacts);
    return workspace;
  }

  /// The workspace of an attempt that goes on; null when this node does not have it.
  public @Nullable Workspace find(String run, String worker, int attempt) {
    var workspace = workspace(run, worker, attempt);
    return Files.isDirectory(workspace.work()) ? workspace : null;
  }

  /// The log of an attempt, also when its workspace has gone; null when this node has none.
  ///
  /// @throws WorkspacePath.UnsafePathException when a link stands where it should be
  /// @throws IllegalArgumentException when the ids or the attempt cannot be right
  public @Nullable Path log(String run, String worker, int attempt) throws IOException {
    var log = workspace(run, worker, attempt).log();
    if (!Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
      log = OldWorkspaces.keptLog(dataFolder.resolve("attempt-logs"), run, worker, attempt);
    }
    if (!Files.isRegularFile(log)) return null;
    WorkspacePath.refuseLinks(dataFolder, log);
    return log;
  }

  /// Some of the older attempts may never have had a workspace here.
  private void forgetOlder(String run, String worker, int attempt) throws IOException {
    var newest = workspace(run, worker, attempt).folder();
    var folder = newest.getParent();
    if (folder == null || !Files.isDirectory(folder)) return;
    try (var attempts = Files.newDirectoryStream(folder, "attempt-*")) {
      for (var older : attempts) {
        if (older.equals(newest) || !Files.isDirectory(older.resolve("work"))) continue;
        // The workspace goes last: as long as it is there, the rest is tried again.
        for (var part :
            List.of("validation", "scripts", "inputs", "ran-millis", "tmp", "target", "work")) {
          Trees.delete(older.resolve(part));
        }
      }
    }
  }

  /// Other users of the host have no business here.
  static void createPrivate(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private Workspace workspace(String run, String worker, int attempt) {
    if (attempt < 1) throw new IllegalArgumentException("attempt is " + attempt);
    return new Workspace(
        dataFolder
            .resolve("workspaces")
            .resolve(WorkspacePath.name(run))
            .resolve(WorkspacePath.name(worker))
            .resolve("attempt-" + attempt));
  }
}

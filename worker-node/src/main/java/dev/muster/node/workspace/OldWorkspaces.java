package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Workspaces that have had their time: which there are, and how they go. The log of an attempt
/// outlives its workspace, in `attempt-logs/<run>/<worker>/attempt-<n>.log`.
///
/// A workspace is first renamed into `workspaces/.removed` and only then deleted, so that nobody
/// meets half of one; what a killed node left there goes with the next.
public final class OldWorkspaces {
  private static final Pattern RUN = Pattern.compile("run_[A-Za-z0-9_-]+");
  private static final Pattern ATTEMPT = Pattern.compile("attempt-([1-9][0-9]{0,8})");

  private final Path workspaces;
  private final Path logs;
  private final Path removed;
  private final WrittenFolders written;

  public OldWorkspaces(Path dataFolder) {
    var data = dataFolder.toAbsolutePath().normalize();
    this.workspaces = data.resolve("workspaces");
    this.logs = data.resolve("attempt-logs");
    this.removed = workspaces.resolve(".removed");
    this.written = new WrittenFolders(data);
  }

  /// The workspace of one attempt.
  ///
  /// @param changedAt when something was last put into its folder, which is before its worker
  ///   settled
  public record Attempt(String run, String worker, int number, Path folder, Instant changedAt) {
    public Path log() {
      return new Workspace(folder).log();
    }
  }

  /// Runs that have workspaces here, the oldest first.
  public List<String> runs() throws IOException {
    return runs(Stream.of(workspaces));
  }

  /// Also those of which there is no more than logs.
  public List<String> allRuns() throws IOException {
    return runs(Stream.of(workspaces, logs));
  }

  private static List<String> runs(Stream<Path> in) throws IOException {
    var found = new ArrayList<Path>();
    for (var folder : in.toList()) found.addAll(folders(folder));
    return found.stream()
        .map(OldWorkspaces::name)
        .distinct()
        .filter(name -> RUN.matcher(name).matches())
        .sorted()
        .toList();
  }

  public List<Attempt> of(String run) throws IOException {
    var found = new ArrayList<Attempt>();
    for (var worker : folders(workspaces.resolve(WorkspacePath.name(run)))) {
      for (var folder : folders(worker)) {
        var attempt = ATTEMPT.matcher(name(folder));
        if (!attempt.matches()) continue;
        var number = Integer.parseInt(attempt.group(1));
        var changedAt = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
        found.add(new Attempt(run, name(worker), number, folder, changedAt));
      }
    }
    return List.copyOf(found);
  }

  /// Removes a workspace and keeps its log.
  ///
  /// @return what its regular files held
  public long remove(Attempt attempt) throws IOException {
    keepLog(attempt);
    var bytes = Trees.bytes(attempt.folder());
    throwAway(
        attempt.folder(), "%s-%s-%d".formatted(attempt.run(), attempt.worker(), attempt.number()));
    var worker = workspaces.resolve(attempt.run()).resolve(attempt.worker());
    if (deleteIfEmpty(worker)) deleteIfEmpty(workspaces.resolve(attempt.run()));
    return bytes;
  }

  /// What workspaces and logs of a run take up here.
  public DiskUse diskUse(String run) throws IOException {
    var name = WorkspacePath.name(run);
    var sum = DiskUse.NONE;
    for (var folder : List.of(workspaces.resolve(name), logs.resolve(name))) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) sum = sum.and(Trees.size(folder));
    }
    return sum;
  }

  /// Removes everything of a run, its logs, too.
  public void removeRun(String run) throws IOException {
    throwAway(workspaces.resolve(WorkspacePath.name(run)), run);
    Trees.delete(logs.resolve(run));
    written.forget(run);
  }

  /// Deletes what a killed node had only renamed.
  public void finish() throws IOException {
    Trees.delete(removed);
  }

  /// What runs in a workspace may put a link in place of its log; that is not kept.
  private void keepLog(Attempt attempt) throws IOException {
    if (!Files.isRegularFile(attempt.log(), LinkOption.NOFOLLOW_LINKS)) return;
    var kept = keptLog(logs, attempt.run(), attempt.worker(), attempt.number());
    Workspaces.createPrivate(logs);
    Files.createDirectories(kept.getParent());
    Files.move(attempt.log(), kept, StandardCopyOption.ATOMIC_MOVE);
  }

  private void throwAway(Path folder, String name) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
    Workspaces.createPrivate(removed);
    var away = removed.resolve(name);
    Trees.delete(away);
    Files.move(folder, away, StandardCopyOption.ATOMIC_MOVE);
    Trees.delete(away);
  }

  /// Where the log of an attempt is once its workspace has gone.
  static Path keptLog(Path logs, String run, String worker, int attempt) {
    return logs.resolve(WorkspacePath.name(run))
        .resolve(WorkspacePath.name(worker))
        .resolve("attempt-" + attempt + ".log");
  }

  /// Folders themselves, not what links lead to.
  private static List<Path> folders(Path in) throws IOException {
    if (!Files.isDirectory(in, LinkOption.NOFOLLOW_LINKS)) return List.of();
    try (var found = Files.newDirectoryStream(in)) {
      var folders = new ArrayList<Path>();
      for (var path : found) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) folders.add(path);
      }
      return folders;
    } catch (NotDirectoryException _) {
      return List.of();
    }
  }

  private static boolean deleteIfEmpty(Path folder) throws IOException {
    try (var found = Files.newDirectoryStream(folder)) {
      if (found.iterator().hasNext()) return false;
    }
    return Files.deleteIfExists(folder);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}

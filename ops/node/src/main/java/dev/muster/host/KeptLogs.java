package dev.muster.host;

import dev.muster.node.workspace.LogShelf;
import dev.muster.node.workspace.Workspace;
import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.journal.storage.StoredLogs.AttemptId;
import dev.muster.orchestrator.journal.storage.StoredLogs.StoredLog;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the logs of attempts into the artifact store, one after another on a thread of its own: an
/// attempt that is stopped must not take its log with it.
final class KeptLogs implements LogShelf, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptLogs.class);

  /// How long an attempt waits, so that its log is usually there when its end is known.
  private static final Duration WAIT_MAX = Duration.ofSeconds(3);

  private static final Duration LAST_LOGS_MAX = Duration.ofSeconds(10);
  private static final int WAITING_MAX = 1_000;

  /// Each try waits a minute for a server that is away.
  private static final int TRIES_MAX = 10;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// `<run>/<worker>/attempt-<n>/attempt.log`
  private static final int DEPTH = 4;

  /// Beside a log that is stored, with its size: what a killed node left is found by its absence.
  private static final String MARK = "log-stored";

  private final Artifacts artifacts;
  private final StoredLogs stored;
  private final String node;
  private final InstantSource clock;
  private final ThreadPoolExecutor one =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          Thread.ofVirtual().name("logs").factory());

  /// Also stores what an earlier life of this node could not.
  KeptLogs(
      Path workspaces, Artifacts artifacts, StoredLogs stored, String node, InstantSource clock) {
    this.artifacts = artifacts;
    this.stored = stored;
    this.node = node;
    this.clock = clock;
    one.execute(() -> keepLeftOver(workspaces));
  }

  @Override
  public void keep(String run, String worker, int attempt, Workspace workspace) {
    try {
      one.submit(() -> tried(new AttemptId(run, worker, attempt), workspace))
          .get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // it is stored all the same
    } catch (TimeoutException _) {
      LOG.debug("the log of attempt {} of {}/{} is stored later", attempt, run, worker);
    } catch (ExecutionException | RejectedExecutionException e) {
      LOG.warn("the log of attempt {} of {}/{} stays on this node", attempt, run, worker, e);
    }
  }

  private void tried(AttemptId attempt, Workspace workspace) {
    for (var tries = 1; ; tries++) {
      try {
        store(attempt, workspace);
        return;
      } catch (IOException | SQLException | RuntimeException e) {
        var mayPass = e instanceof Artifacts.UnreachableException || e instanceof SQLException;
        if (mayPass && tries < TRIES_MAX && paused()) continue;
        LOG.warn("the log of {} stays on this node: {}", attempt, e.toString());
        return;
      }
    }
  }

  /// False when the node stops.
  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void store(AttemptId attempt, Workspace workspace) throws IOException, SQLException {
    if (!Files.isRegularFile(workspace.log())) return;
    // A process that outlived its step may still write: what is stored is one state of the file.
    var copy = Files.createTempFile(workspace.folder(), "log", null);
    try {
      Files.copy(workspace.log(), copy, StandardCopyOption.REPLACE_EXISTING);
      var bytes = Files.size(copy);
      var log = new StoredLog(artifacts.put(copy), bytes, node);
      stored.remember(attempt, log, clock.instant());
      Files.writeString(workspace.folder().resolve(MARK), Long.toString(bytes));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void keepLeftOver(Path workspaces) {
    if (!Files.isDirectory(workspaces)) return;
    try (var logs = Files.find(workspaces, DEPTH, (file, _) -> file.endsWith("attempt.log"))) {
      logs.filter(KeptLogs::isUnmarked)
          .limit(WAITING_MAX)
          .forEach(log -> tried(attempt(workspaces.relativize(log)), workspace(log)));
    } catch (IOException | RuntimeException e) {
      LOG.warn("logs that an earlier life of this node left were not all stored: {}", e.toString());
    }
  }

  /// Whether it is in the artifact store, where every node finds it, as it is now.
  static boolean isStored(Path log) {
    return !isUnmarked(log);
  }

  private static boolean isUnmarked(Path log) {
    try {
      var mark = log.resolveSibling(MARK);
      return !Files.exists(mark) || !Files.readString(mark).equals(Long.toString(Files.size(log)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of `<run>/<worker>/attempt-<n>/attempt.log`.
  private static AttemptId attempt(Path log) {
    var folder = log.getName(2).toString();
    return new AttemptId(
        log.getName(0).toString(),
        log.getName(1).toString(),
        Integer.parseInt(folder.substring(folder.lastIndexOf('-') + 1)));
  }

  private static Workspace workspace(Path log) {
    return new Workspace(Objects.requireNonNull(log.getParent()));
  }

  /// Waits for what is still to be stored.
  @Override
  public void close() {
    one.shutdown();
    try {
      if (!one.awaitTermination(LAST_LOGS_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} logs are stored when this node starts again", 1 + one.getQueue().size());
        one.shutdownNow();
      }
    } catch (InterruptedException _) {
      one.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

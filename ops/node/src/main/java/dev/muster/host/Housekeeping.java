package dev.muster.host;

import dev.muster.host.settings.Settings.Keep;
import dev.muster.node.workspace.OldWorkspaces;
import dev.muster.node.workspace.OldWorkspaces.Attempt;
import dev.muster.protocol.view.WorkerView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the workspaces of workers that settled long enough ago. What they delivered is in the
/// artifact store, and their logs are kept. Of a run that was deleted nothing stays.
///
/// The journal decides: a worker that is not settled keeps all it has, and so does one that the
/// journal does not know, since the workspaces may belong to another database.
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long MEGABYTE = 1_000_000;

  private final OldWorkspaces workspaces;
  private final Function<String, @Nullable List<WorkerView>> workers;
  private final Function<List<String>, Set<String>> deleted;
  private final Predicate<Path> mayMove;
  private final Keep keep;
  private final InstantSource clock;

  /// @param workers those of a run, as the journal tells of them; null when it knows no such run
  /// @param deleted those of these runs that somebody has deleted
  /// @param mayMove whether the log at this path is where the other nodes find it
  Housekeeping(
      OldWorkspaces workspaces,
      Function<String, @Nullable List<WorkerView>> workers,
      Function<List<String>, Set<String>> deleted,
      Predicate<Path> mayMove,
      Keep keep,
      InstantSource clock) {
    this.workspaces = workspaces;
    this.workers = workers;
    this.deleted = deleted;
    this.mayMove = mayMove;
    this.keep = keep;
    this.clock = clock;
  }

  /// What one round removed.
  record Removed(int workspaces, long bytes) {
    Removed plus(long more) {
      return new Removed(workspaces + 1, bytes + more);
    }
  }

  /// One round. What cannot be removed, or asked about, is left for the next.
  ///
  /// @param enough stops the round early
  Removed round(BooleanSupplier enough) {
    var removed = new Removed(0, 0);
    try {
      workspaces.finish();
      forgetDeleted(enough);
      for (var run : workspaces.runs()) {
        if (enough.getAsBoolean()) break;
        removed = round(run, removed, enough);
      }
    } catch (IOException | RuntimeException e) {
      // Whatever is thrown from here ends the rounds.
      LOG.warn("housekeeping: stopped early, the rest is tried again: {}", e.toString());
    }
    if (removed.workspaces() > 0) {
      LOG.info(
          "housekeeping: removed {} workspace{}, {} MB",
          removed.workspaces(),
          removed.workspaces() == 1 ? "" : "s",
          (removed.bytes() + MEGABYTE / 2) / MEGABYTE);
    }
    return removed;
  }

  /// A run is deleted where somebody says so: what the other nodes have of it is removed here.
  private void forgetDeleted(BooleanSupplier enough) throws IOException {
    var runs = workspaces.allRuns();
    var gone = runs.isEmpty() ? Set.<String>of() : deleted.apply(runs);
    for (var run : gone) {
      if (enough.getAsBoolean()) return;
      workspaces.removeRun(run);
      LOG.info("housekeeping: removed what was left of {}, which was deleted", run);
    }
  }

  private Removed round(String run, Removed before, BooleanSupplier enough) throws IOException {
    var now = clock.instant();
    var old = workspaces.of(run).stream().filter(it -> isOld(it.changedAt(), keep.shortest(), now));
    var attempts = old.toList();
    // Reading the journal costs more than looking at folders.
    var known = attempts.isEmpty() ? null : workers.apply(run);
    if (known == null) return before;
    var byId = known.stream().collect(Collectors.toMap(WorkerView::id, it -> it));
    var removed = before;
    for (var attempt : attempts) {
      if (enough.getAsBoolean()) break;
      var worker = byId.get(attempt.worker());
      if (worker != null && hasHadItsTime(worker, now) && mayMove.test(attempt.log())) {
        removed = removedAlso(attempt, removed);
      }
    }
    return removed;
  }

  private Removed removedAlso(Attempt attempt, Removed before) {
    try {
      return before.plus(workspaces.remove(attempt));
    } catch (IOException e) {
      LOG.warn("housekeeping: {} stays: {}", attempt.folder(), e.toString());
      return before;
    }
  }

  private boolean hasHadItsTime(WorkerView worker, Instant now) {
    var kept = keep.after(worker.state());
    var settledAt = worker.settledAt();
    return kept != null && settledAt != null && isOld(settledAt, kept, now);
  }

  private static boolean isOld(Instant since, Duration kept, Instant now) {
    return !since.plus(kept).isAfter(now);
  }
}

package dev.muster.cli.follow;

import dev.muster.cli.session.Link;
import dev.muster.cli.session.Pace;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stays with some workers of a run until they have settled, or cannot go on by themselves. What
/// becomes of the rest of the run is no concern of it.
public final class WorkerFollower {
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final Link link;
  private final Pace pace;
  private final Duration heldStable;
  private final @Nullable Instant until;

  /// @param heldStable how long they must have stood still to be left: right after a decision a
  ///   held worker has yet to hear of it
  public WorkerFollower(Link link, Pace pace, Duration heldStable, @Nullable Instant until) {
    this.link = link;
    this.pace = pace;
    this.heldStable = heldStable;
    this.until = until;
  }

  /// @throws Refusal with exit code 7 when the time is up
  public List<WorkerView> follow(String run, List<String> workers) {
    var stillSince = pace.now();
    while (true) {
      var found = workers.stream().map(id -> link.api().worker(run, id).view()).toList();
      var view = link.api().run(run).view();
      if (view.state().finished() || found.stream().allMatch(WorkerFollower::settled)) return found;
      var now = pace.now();
      var still = found.stream().allMatch(it -> settled(it) || waits(it, view.state()));
      if (!still) stillSince = now;
      if (Duration.between(stillSince, now).compareTo(heldStable) >= 0) return found;
      if (until != null && now.isAfter(until)) {
        throw new Refusal(
            Exit.TIMED_OUT,
            "some of " + String.join(", ", workers) + " have not settled within --timeout",
            "look with: muster workers list " + run);
      }
      pace.sleep(LOOK_EVERY);
    }
  }

  /// As for a whole run: undecided weighs more than failed.
  public static int exitCode(List<WorkerView> workers) {
    if (workers.stream().anyMatch(worker -> !settled(worker))) return Exit.UNDECIDED;
    return workers.stream().allMatch(WorkerFollower::good) ? Exit.OK : Exit.FAILED;
  }

  private static boolean settled(WorkerView worker) {
    return worker.state().settled();
  }

  private static boolean good(WorkerView worker) {
    return worker.state() == WorkerPhase.COMPLETED || worker.state() == WorkerPhase.REHEARSED;
  }

  /// Only a person can help.
  private static boolean waits(WorkerView worker, RunPhase run) {
    return switch (worker.state()) {
      case AWAITING_APPROVAL, AWAITING_ANSWER, PAUSED -> true;
      case ENLISTED -> run == RunPhase.HELD || run == RunPhase.PAUSED;
      case RUNNING, BACKOFF, VALIDATING, COMPLETED, FAILED, BLOCKED, CANCELLED, REHEARSED -> false;
    };
  }
}

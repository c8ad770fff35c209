package dev.muster.orchestrator.engine.retrospective;

import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Draws the lessons of a settled worker from what the runtime saw, not from what it says of
/// itself.
public final class Retrospectives {
  /// From this factor on an estimate is called wrong.
  private static final double ESTIMATE_FACTOR = 2.0;

  private Retrospectives() {}

  public static Retrospective of(Planned planned, WorkerStatus status) {
    var actual = actual(status);
    return new Retrospective(
        planned.id(),
        planned.title(),
        status.phase(),
        status.attempt(),
        status.interruptions(),
        planned.estimate(),
        actual,
        status.failures(),
        lessons(planned, status, actual));
  }

  /// What people took to decide is not the work's.
  private static @Nullable Duration actual(WorkerStatus status) {
    if (status.startedAt() == null || status.settledAt() == null) return null;
    var all = Duration.between(status.startedAt(), status.settledAt());
    var work = status.waited() == null ? all : all.minus(status.waited());
    return work.isNegative() ? Duration.ZERO : work; // a clock went backwards
  }

  private static List<String> lessons(
      Planned planned, WorkerStatus status, @Nullable Duration actual) {
    List<String> lessons = new ArrayList<>();
    switch (status.phase()) {
      case FAILED ->
          lessons.add("It failed; the last reason was: " + String.valueOf(status.detail()));
      case CANCELLED -> lessons.add("It was cancelled before it was done.");
      case REHEARSED -> lessons.add("It was rehearsed: nothing was executed or proven.");
      case COMPLETED,
          BLOCKED,
          ENLISTED,
          RUNNING,
          AWAITING_APPROVAL,
          AWAITING_ANSWER,
          BACKOFF,
          PAUSED,
          VALIDATING -> {}
    }
    if (!status.failures().isEmpty() && status.phase().settled()) {
      lessons.add(
          "It needed %d tries; expect: %s"
              .formatted(status.failures().size() + 1, status.failures().getFirst()));
    }
    if (status.interruptions() > 0) {
      lessons.add(
          "It was interrupted %d times and began anew each time: its steps must be repeatable."
              .formatted(status.interruptions()));
    }
    if (status.weak()) {
      lessons.add("Its verdict is weak: a test cannot fail, or needs files that are not declared.");
    }
    var estimate = planned.estimate();
    if (estimate != null && actual != null && !estimate.isZero() && !actual.isZero()) {
      var factor = actual.toMillis() / (double) estimate.toMillis();
      if (factor >= ESTIMATE_FACTOR || factor <= 1 / ESTIMATE_FACTOR) {
        lessons.add(
            String.format(
                Locale.ROOT,
                "It took %.1f s of the estimated %.1f s: estimate %.1f s next time.",
                actual.toMillis() / 1000.0,
                estimate.toMillis() / 1000.0,
                actual.toMillis() / 1000.0));
      }
    }
    return lessons;
  }
}

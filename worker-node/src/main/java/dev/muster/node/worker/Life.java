package dev.muster.node.worker;

import dev.muster.node.agent.AgentProgress;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Frozen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stays with a worker through all its states. Pure.
///
/// @param attempt the newest attempt, 0 before the first
/// @param failures why tries failed since the last reopening, oldest first
/// @param startedAt of the first attempt; null before it
/// @param waited for decisions, all together
/// @param frozen what somebody was last asked about, for the attempts to come; null when nobody was
/// @param agent how far its agent has come
record Life(
    Assignment assignment,
    int epoch,
    int attempt,
    int interruptions,
    List<String> failures,
    @Nullable Instant startedAt,
    Duration waited,
    @Nullable Frozen frozen,
    AgentProgress agent) {
  /// More than this many interrupted attempts fail a worker: something kills its nodes.
  static final int INTERRUPTIONS_MAX = 20;

  private static final int REASON_CHARS_MAX = 500;

  Life {
    failures = List.copyOf(failures);
  }

  static Life of(Assignment assignment, int epoch) {
    return new Life(
        assignment, epoch, 0, 0, List.of(), null, Duration.ZERO, null, AgentProgress.NONE);
  }

  boolean mayTryAgain() {
    return failures.size() + 1 < assignment.attemptsMax();
  }

  boolean mayBeInterruptedAgain() {
    return interruptions < INTERRUPTIONS_MAX;
  }

  Life begin(int newAttempt, Instant at) {
    return new Life(
        assignment,
        epoch,
        newAttempt,
        interruptions,
        failures,
        startedAt == null ? at : startedAt,
        waited,
        frozen,
        agent);
  }

  Life fail(String reason) {
    var all = new ArrayList<>(failures);
    all.add(
        reason.length() <= REASON_CHARS_MAX ? reason : reason.substring(0, REASON_CHARS_MAX) + "…");
    return new Life(
        assignment, epoch, attempt, interruptions, all, startedAt, waited, frozen, agent.anew());
  }

  Life interrupt() {
    return new Life(
        assignment, epoch, attempt, interruptions + 1, failures, startedAt, waited, frozen, agent);
  }

  /// Somebody looked after it: nothing kills its nodes over and over.
  Life waitFor(Duration decision) {
    return new Life(
        assignment, epoch, attempt, 0, failures, startedAt, waited.plus(decision), frozen, agent);
  }

  Life hold(@Nullable Frozen asked) {
    return new Life(
        assignment, epoch, attempt, interruptions, failures, startedAt, waited, asked, agent);
  }

  /// Its agent has come on, so nothing kills its nodes at the same place over and over.
  Life step(AgentStep step) {
    return new Life(
        assignment, epoch, attempt, 0, failures, startedAt, waited, frozen, agent.after(step));
  }

  Life inEpoch(int later) {
    return new Life(
        assignment,
        Math.max(epoch, later),
        attempt,
        interruptions,
        failures,
        startedAt,
        waited,
        frozen,
        agent);
  }

  /// Whoever retries has mended something: everything is looked at anew.
  Life reopen(Assignment newAssignment, int newEpoch) {
    return new Life(
        newAssignment, newEpoch, attempt, 0, List.of(), startedAt, waited, null, agent.reopened());
  }
}

package dev.muster.node.worker;

import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.text.Moments;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says where a worker stands. Pure.
final class Statuses {
  private Statuses() {}

  static WorkerStatus of(WorkerState state) {
    return switch (state) {
      case WorkerState.Idle() ->
          new WorkerStatus(
              WorkerPhase.ENLISTED, 0, 0, 0, null, null, List.of(), List.of(), false, null, null);
      case WorkerState.Running it -> going(it.life(), WorkerPhase.RUNNING, it.node(), null);
      case WorkerState.Validating it -> going(it.life(), WorkerPhase.VALIDATING, it.node(), null);
      case WorkerState.AwaitingApproval it ->
          Enquiries.needsWords(it.kind())
              ? going(
                  it.life(),
                  WorkerPhase.AWAITING_ANSWER,
                  it.node(),
                  "waits for an answer to " + it.approval())
              : going(
                  it.life(),
                  WorkerPhase.AWAITING_APPROVAL,
                  it.node(),
                  "%s waits for a decision on %s".formatted(it.kind(), it.approval()));
      case WorkerState.Backoff it -> going(it.life(), WorkerPhase.BACKOFF, null, waitsFor(it));
      case WorkerState.Paused it -> going(it.life(), WorkerPhase.PAUSED, null, null);
      case WorkerState.Completed it ->
          settled(
              it, WorkerPhase.COMPLETED, null, it.receipt().deliverables(), it.receipt().weak());
      case WorkerState.Failed it -> settled(it, WorkerPhase.FAILED, it.reason(), List.of(), false);
      case WorkerState.Cancelled it ->
          settled(it, WorkerPhase.CANCELLED, it.reason(), List.of(), false);
      case WorkerState.Rehearsed it -> settled(it, WorkerPhase.REHEARSED, null, List.of(), false);
    };
  }

  private static String waitsFor(WorkerState.Backoff it) {
    if (!it.subs().isEmpty()) return "waits for " + String.join(", ", it.subs());
    var at = Moments.text(it.retryAt());
    return it.parked() == null
        ? "attempt %d starts at %s".formatted(it.life().attempt() + 1, at)
        : "waits for a model until %s: %s".formatted(at, it.parked());
  }

  private static WorkerStatus going(
      Life life, WorkerPhase phase, @Nullable String node, @Nullable String detail) {
    return status(life, phase, node, detail, List.of(), false, null);
  }

  private static WorkerStatus settled(
      WorkerState.Settled state,
      WorkerPhase phase,
      @Nullable String detail,
      List<Artifact> artifacts,
      boolean weak) {
    return status(state.life(), phase, null, detail, artifacts, weak, state.at());
  }

  private static WorkerStatus status(
      Life life,
      WorkerPhase phase,
      @Nullable String node,
      @Nullable String detail,
      List<Artifact> artifacts,
      boolean weak,
      @Nullable Instant settledAt) {
    return new WorkerStatus(
        phase,
        life.epoch(),
        life.attempt(),
        life.interruptions(),
        node,
        detail,
        life.failures(),
        artifacts,
        weak,
        life.startedAt(),
        settledAt,
        life.waited().isZero() ? null : life.waited());
  }
}

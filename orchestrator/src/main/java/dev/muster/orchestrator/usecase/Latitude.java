package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.approval.ApprovalIds;
import dev.muster.orchestrator.engine.approval.Bypassing;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.util.List;

/// More time to decide, another chance for what nobody answered, and letting a kind of operation
/// pass for a while.
public record Latitude(Gates gates, ApprovalRules rules, RunLookup lookup, Steering steering) {
  public Approval extend(Approval approval, Duration span, Principal by) {
    var gate = ApprovalIds.gateOf(approval.id());
    if (gate == null) throw new IllegalStateException(approval.id() + " names no gate");
    var caller = by.caller();
    return Approval.of(Await.answer(gates.extend(gate, approval.id(), span, caller)));
  }

  /// Its worker tries again, and asks anew.
  public RunStatus reopen(Approval approval, Principal by) {
    var run = approval.run();
    if (run == null || approval.state() != Approval.State.EXPIRED) {
      throw Refusal.conflict(
          "not-expired",
          "expected an approval of a run that has expired, but %s is %s"
              .formatted(approval.id(), run == null ? "of a program" : approval.state()));
    }
    var known = lookup.run(run);
    var isWorkers = !lookup.workers(run, List.of(approval.worker())).isEmpty();
    var phase =
        isWorkers ? lookup.detail(run, approval.worker()).worker().state() : WorkerPhase.COMPLETED;
    if (phase != WorkerPhase.FAILED) {
      throw Refusal.conflict(
          "not-reopenable",
          "expected a worker that has failed for want of an answer, but %s of %s (%s) is %s"
              .formatted(approval.worker(), run, known.state(), isWorkers ? phase : "no worker"));
    }
    return steering.retry(run, List.of(approval.worker()), by.name());
  }

  public Bypasses bypasses(String run) {
    return Await.answer(gates.bypasses(run));
  }

  /// @param span zero to end it
  public Bypasses bypass(String run, String kind, Duration span, Principal by, String reason) {
    var state = lookup.run(run).state();
    if (!span.isZero() && state.finished()) {
      throw Refusal.conflict(
          "already-closed", "expected a run that goes on, but %s is %s".formatted(run, state));
    }
    if (span.compareTo(Bypassing.SPAN_MAX) > 0) {
      throw new IllegalArgumentException("at most " + Bypassing.SPAN_MAX);
    }
    if (!span.isZero() && rules.isRestricted(kind)) {
      throw Refusal.forbidden(
          "several-must-approve",
          "expected a kind that anybody may approve who may decide, but the settings want several"
              + " people, or certain ones, for "
              + kind);
    }
    return Await.answer(gates.bypass(run, kind, span, by, reason));
  }
}

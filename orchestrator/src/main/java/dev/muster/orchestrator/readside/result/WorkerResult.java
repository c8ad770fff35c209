package dev.muster.orchestrator.readside.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.readside.view.ReceiptView;
import dev.muster.orchestrator.readside.view.RetrospectiveView;
import dev.muster.orchestrator.readside.view.StepView;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.orchestrator.readside.view.WorkerHistory;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the runtime adds under `muster` to a worker's results file: how it came to them.
@JsonInclude(JsonInclude.Include.ALWAYS)
record WorkerResult(
    String run,
    String worker,
    WorkerPhase state,
    int attempts,
    int interruptions,
    @Nullable String node,
    @Nullable String detail,
    boolean weak,
    boolean replayed,
    List<ModelSpend> models,
    @Nullable ReceiptView receipt,
    List<StepView> steps,
    List<WorkerHistory.Operation> operations,
    @Nullable RetrospectiveView retrospective,
    Timings timings) {
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Timings(
      @Nullable Instant startedAt,
      @Nullable Instant settledAt,
      @Nullable Double durationSeconds,
      List<WorkerHistory.Attempt> attempts) {}

  static ObjectNode of(WorkerDetail detail) {
    var worker = detail.worker();
    var history = detail.history();
    return Json.tree(
        new WorkerResult(
            detail.run(),
            worker.id(),
            worker.state(),
            worker.attempt(),
            worker.interruptions(),
            worker.node(),
            worker.detail(),
            worker.weak(),
            worker.models().stream().anyMatch(ModelSpend::replayed),
            worker.models(),
            history.receipt(),
            history.steps(),
            history.operations(),
            detail.retrospective(),
            new Timings(
                worker.startedAt(),
                worker.settledAt(),
                worker.durationSeconds(),
                history.attempts())));
  }
}

package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunScope;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncompleteRunTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunScope INCOMPLETE =
      new RunScope(
          List.of(new RunScope.Note("WORKER_009", "/w/WORKER_009.md", 7, "no test")),
          List.of(),
          List.of(),
          0,
          RunScope.Findings.NONE);

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, true, COMPLETED",
    "COMPLETED, false, INCOMPLETE",
    "FAILED, false, FAILED",
    "REHEARSED, false, REHEARSED",
  })
  void aRunThatLeftSomebodyOutNeverEndsCompleted(WorkerPhase end, boolean whole, RunPhase phase) {
    var plan = Plans.plan(false, FailurePolicy.CONTINUE);
    var scope = whole ? RunScope.WHOLE : INCOMPLETE;
    var scoped = new RunPlan(plan.workforce(), plan.waves(), plan.workers(), null, scope);
    var settings =
        new RunSettings(
            "/w", "/w", "/r", List.of(), ApprovalPolicy.NONE, Duration.ofHours(1), false, 3);
    var run = Carried.of(new RunCreated("run_1", scoped, settings, T0), scoped);
    for (var worker : plan.workers())
      run = run.after(new WorkerSettled(worker.id(), status(end), T0));

    assertThat(run.ending()).isEqualTo(phase);
  }

  private static WorkerStatus status(WorkerPhase end) {
    return new WorkerStatus(end, 0, 1, 0, "n", null, List.of(), List.of(), false, T0, T0);
  }
}

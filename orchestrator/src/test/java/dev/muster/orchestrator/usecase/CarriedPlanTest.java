package dev.muster.orchestrator.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CarriedPlanTest {
  private static Planned agent(String id, Duration estimate, String... writes) {
    return new Planned(id, id, 1, "d-" + id, List.of(), estimate, List.of(), true, List.of(writes));
  }

  private static WorkerInstruction instruction(String digest) {
    return new WorkerInstruction(
        digest.substring(2),
        "Title",
        digest,
        TaskType.MECHANICAL,
        List.of(),
        List.of(),
        List.of("site/menu.txt"),
        null,
        null,
        Duration.ofSeconds(30),
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null);
  }

  private static CarriedPlan carried(Planned... workers) {
    var wave = new RunPlan.Wave(1, "first", 8, false, FailurePolicy.CONTINUE);
    return CarriedPlan.of(
        "run_1",
        new RunPlan("w", List.of(wave), List.of(workers), null),
        4,
        digests ->
            digests.stream().collect(Collectors.toMap(it -> it, CarriedPlanTest::instruction)));
  }

  @Test
  void whatASubWorkerTakesAndWritesIsAPartOfItsParents() {
    var plan =
        carried(
            agent("WORKER_001", Duration.ofSeconds(60), "site/"),
            agent("WORKER_001.1", Duration.ofSeconds(90), "site/menu.txt"),
            agent("WORKER_001.2", Duration.ofSeconds(90), "site/page.txt"));

    assertThat(plan.waves().getFirst().workers())
        .containsExactly("WORKER_001", "WORKER_001.1", "WORKER_001.2");
    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.oneAtATime()).isEmpty();
    assertThat(plan.criticalPath()).containsExactly("WORKER_001");
    assertThat(plan.forecast().seconds()).isEqualTo(60);
  }

  @Test
  void twoOfThePlanThatWriteTheSameStillMeet() {
    var plan =
        carried(
            agent("WORKER_001", Duration.ofSeconds(60), "site/"),
            agent("WORKER_002", Duration.ofSeconds(60), "site/"));

    assertThat(plan.conflicts()).hasSize(1);
    assertThat(plan.oneAtATime()).hasSize(1);
  }
}

package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.protocol.run.RunScope;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunRefusalTest {
  @Test
  void aPlanThatLeavesSomebodyOutIsRefusedUnlessThatIsWanted() {
    var plan =
        plan(
            Sample.of(1),
            Sample.of(2).section("EXECUTION", "```bash opertion=x\ntrue\n```"),
            Sample.of(3).dependsOn("WORKER_002"),
            Sample.of(4).section("TEST_PROCESS", "none"));

    var refusal = Objects.requireNonNull(RunRefusal.of(plan, false, false));

    assertThat(refusal.code()).isEqualTo("unusable-workforce");
    assertThat(refusal.words()).contains("3 of 4 files");
    assertThat(refusal.reasons())
        .anySatisfy(it -> assertThat(it.toString()).contains("WORKER_002", "invalid-operation"))
        .anySatisfy(it -> assertThat(it.toString()).contains("WORKER_003", "waits for WORKER_002"))
        .anySatisfy(it -> assertThat(it.toString()).contains("WORKER_004", "no-test"))
        .hasSize(3)
        .allSatisfy(it -> assertThat(it.where()).matches(".*WORKER_00\\d.*:\\d+"));
    assertThat(RunRefusal.of(plan, false, true)).isNull();
    assertThat(RunRefusal.of(plan, true, true)).isNotNull();
  }

  @Test
  void whatWasLeftOutAssumedAndFoundGoesWithTheRun() {
    var plan =
        plan(
            new Planner.Options(Selector.parse("WORKER_001-003"), 1, Map.of(), false),
            Sample.of(1).dependsOn("WORKER_004").without("MITIGATION"),
            Sample.of(2).section("EXECUTION", "```bash opertion=x\ntrue\n```"),
            Sample.of(3).dependsOn("WORKER_002"),
            Sample.of(4).metadata("Status", "CANCELLED"));

    var scope = plan.toRunPlan().scope();

    assertThat(scope.leftOut())
        .extracting(RunScope.Note::worker)
        .containsExactly("WORKER_002", "WORKER_003");
    assertThat(scope.leftOut().getLast().reason()).contains("WORKER_002, which is left out");
    assertThat(scope.leftOut()).allSatisfy(it -> assertThat(it.line()).isGreaterThan(1));
    assertThat(scope.assumed())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.worker()).isEqualTo("WORKER_001");
          assertThat(it.reason()).contains("WORKER_004", "counts as met");
        });
    assertThat(scope.ignored()).isEmpty(); // WORKER_004 is not selected
    assertThat(scope.notSelected()).isOne();
    assertThat(scope.findings().errors()).isOne();
    assertThat(scope.findings().codes()).containsKeys("invalid-operation", "missing-point");
  }

  @Test
  void whatNothingFollowsFromIsKept() {
    var block = "```bash\ntrue\n```\n\n### Rollback\n\n```bash\nfalse\n```";
    var plan =
        plan(
            Planner.Options.of(1),
            Sample.of(1).metadata("Status", "CANCELLED").section("EXECUTION", block));

    assertThat(plan.toRunPlan().scope().ignored())
        .extracting(RunScope.Note::reason)
        .satisfiesExactly(
            it -> assertThat(it).contains("CANCELLED"), it -> assertThat(it).contains("Rollback"));
  }

  @Test
  void reasonsOfARefusalAreBoundedAndCounted() {
    var samples =
        IntStream.rangeClosed(1, 50)
            .mapToObj(n -> Sample.of(n).section("TEST_PROCESS", "none"))
            .toArray(Sample[]::new);

    var refusal = Objects.requireNonNull(RunRefusal.of(plan(samples), false, false));

    assertThat(refusal.reasons()).hasSize(21);
    assertThat(refusal.reasons().getLast().what()).isEqualTo("and 30 more");
  }

  private static Plan plan(Sample... samples) {
    return plan(Planner.Options.of(4), samples);
  }

  private static Plan plan(Planner.Options options, Sample... samples) {
    var workforce = new Workforce("test", Arrays.stream(samples).map(Sample::compile).toList());
    return Planner.plan(workforce, WavePlans.fiveWaves(), options);
  }
}

package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.orchestrator.engine.instruction.Code;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.InstructionCompiler;
import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan.PlannedWave;
import dev.muster.orchestrator.engine.plan.Plan.Unreleasable;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.run.RunPlan.Planned;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlannerTest {
  @Test
  void workersAreSortedIntoWavesAndWaitForWhomTheyName() {
    var plan =
        plan(
            Sample.of(1),
            Sample.of(2).dependsOn("WORKER_001"),
            Sample.of(3).metadata("Priority", "3").dependsOn("WORKER_001-002 complete"),
            Sample.of(1000));

    assertThat(plan.waves())
        .extracting(PlannedWave::wave, PlannedWave::workers)
        .containsExactly(
            tuple(1, List.of("WORKER_001", "WORKER_002", "WORKER_1000")),
            tuple(3, List.of("WORKER_003")));
    assertThat(plan.edges())
        .containsExactly(
            List.of("WORKER_001", "WORKER_002"),
            List.of("WORKER_001", "WORKER_003"),
            List.of("WORKER_002", "WORKER_003"));
    assertThat(plan.toRunPlan().workers())
        .extracting(Planned::id, Planned::wave, Planned::dependencies)
        .contains(tuple("WORKER_003", 3, List.of("WORKER_001", "WORKER_002")));
    assertThat(plan.unreleasable()).isEmpty();
    assertThat(RunRefusal.of(plan, true, false)).isNull();
  }

  @Test
  void theCriticalPathIsTheLongestChainAndEarlierRunsKnowBetter() {
    var samples =
        new Sample[] {
          Sample.of(1).metadata("Duration", "10 seconds"),
          Sample.of(2).metadata("Duration", "60 seconds"),
          Sample.of(3).metadata("Duration", "5 seconds").dependsOn("WORKER_001"),
          Sample.of(4).metadata("Duration", "5 seconds").dependsOn("WORKER_002", "WORKER_003")
        };

    assertThat(plan(samples).criticalPath()).containsExactly("WORKER_002", "WORKER_004");
    assertThat(plan(samples).forecast().seconds()).isEqualTo(65);
    var earlier = Map.of("WORKER_002", Duration.ofSeconds(1));
    var again = plan(new Planner.Options(null, 4, earlier, false), samples);
    assertThat(again.criticalPath()).containsExactly("WORKER_001", "WORKER_003", "WORKER_004");
    assertThat(again.forecast().seconds()).isEqualTo(20);
  }

  @Test
  void theForecastCountsSlotsAndWavesInARow() {
    var samples =
        new Sample[] {
          Sample.of(1), Sample.of(2), Sample.of(3), Sample.of(4).metadata("Priority", "2")
        };

    assertThat(plan(Planner.Options.of(1), samples).forecast().seconds()).isEqualTo(80);
    assertThat(plan(Planner.Options.of(2), samples).forecast().seconds()).isEqualTo(60);
    assertThat(plan(Planner.Options.of(9), samples).forecast().seconds()).isEqualTo(40);
  }

  @Test
  void gatesSayWhatWillAsk() {
    var plan =
        plan(
            Sample.of(1)
                .section(
                    "EXECUTION",
                    """
                    ```bash
                    true
                    ```
                    ```bash operation=production_deploy writes="../site" check="test -f ../site/x"
                    cp x ../site
                    ```
                    """));

    assertThat(plan.gates())
        .containsExactly(
            new Plan.Gate(
                "WORKER_001",
                "production_deploy",
                Risk.ADMIN,
                2,
                true,
                List.of("../site"),
                false,
                "test -f ../site/x"));
  }

  @Test
  void whoCanNeverBeReleasedIsListedWithTheReason() {
    var plan =
        plan(
            Sample.of(1).dependsOn("WORKER_002"),
            Sample.of(2).dependsOn("WORKER_001"),
            Sample.of(3).dependsOn("WORKER_002"),
            Sample.of(4).dependsOn("WORKER_009"),
            Sample.of(5).section("EXECUTION", "```bash opertion=x\ntrue\n```"),
            Sample.of(6).dependsOn("WORKER_005"),
            Sample.of(7).section("TEST_PROCESS", "none"),
            Sample.of(8).dependsOn("WORKER_007"),
            Sample.of(9).metadata("Priority", "2"));

    assertThat(plan.unreleasable())
        .extracting(Unreleasable::worker, Unreleasable::planned)
        .containsExactly(
            tuple("WORKER_001", false),
            tuple("WORKER_002", false),
            tuple("WORKER_003", false),
            tuple("WORKER_004", false),
            tuple("WORKER_005", false),
            tuple("WORKER_006", false),
            tuple("WORKER_007", true),
            tuple("WORKER_008", true));
    assertThat(reason(plan, "WORKER_001")).contains("WORKER_001 → WORKER_002 → WORKER_001");
    assertThat(reason(plan, "WORKER_003")).isEqualTo("it waits for WORKER_002, which is left out");
    assertThat(reason(plan, "WORKER_004")).contains("wave 1", "WORKER_009", "later wave");
    assertThat(reason(plan, "WORKER_005")).contains("opertion");
    assertThat(reason(plan, "WORKER_006")).isEqualTo("it waits for WORKER_005, which is left out");
    assertThat(reason(plan, "WORKER_007")).contains("no test");
    assertThat(reason(plan, "WORKER_008")).isEqualTo("it waits for WORKER_007, which will fail");
    assertThat(plan.toRunPlan().workers())
        .extracting(Planned::id)
        .containsExactly("WORKER_007", "WORKER_008", "WORKER_009");
  }

  @Test
  void filesWithOneIdAreAllLeftOutAndSoAreThoseWhoWaitForThem() {
    var twins =
        List.of(
            compile("a/WORKER_001_A.md", Sample.of(1)),
            compile("b/WORKER_001_B.md", Sample.of(1)),
            Sample.of(2).dependsOn("WORKER_001").compile(),
            Sample.of(3).compile());

    var plan =
        Planner.plan(new Workforce("twins", twins), WavePlans.fiveWaves(), Planner.Options.of(1));

    assertThat(plan.toRunPlan().workers()).extracting(Planned::id).containsExactly("WORKER_003");
    assertThat(reason(plan, "WORKER_001")).contains("b/WORKER_001_B.md");
    assertThat(plan.findings()).extracting(Finding::code).contains(Code.DUPLICATE_ID);
  }

  @Test
  void whatTheSelectionLeavesOutCountsAsMetWithAWarning() {
    var options = new Planner.Options(Selector.parse("WORKER_002-003"), 1, Map.of(), false);

    var plan =
        plan(
            options,
            Sample.of(1),
            Sample.of(2).dependsOn("WORKER_001"),
            Sample.of(3).dependsOn("WORKER_002"));

    assertThat(plan.leftOut()).containsExactly("WORKER_001");
    assertThat(plan.toRunPlan().workers())
        .extracting(Planned::id, Planned::dependencies)
        .containsExactly(
            tuple("WORKER_002", List.of()), tuple("WORKER_003", List.of("WORKER_002")));
    assertThat(plan.findings())
        .filteredOn(finding -> finding.code() == Code.UNKNOWN_DEPENDENCY)
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("WORKER_001 is not in this run"));
    assertThat(RunRefusal.of(plan, false, false)).isNull();
  }

  @Test
  void strictRefusesWhatIsOtherwiseAWarning() {
    var samples = new Sample[] {Sample.of(1).dependsOn("WORKER_777")};
    var strict = plan(new Planner.Options(null, 1, Map.of(), true), samples);

    assertThat(RunRefusal.of(plan(samples), false, false)).isNull();
    assertThat(strict.hasErrors()).isTrue();
    assertThat(refusal(strict, true)).contains("WORKER_777");
  }

  @Test
  void aPlanWithNobodyIsRefused() {
    assertThat(refusal(plan(), false)).contains("no worker");
    assertThat(refusal(plan(Sample.of(1).dependsOn("WORKER_001")), false))
        .contains("waits for itself");
  }

  @Test
  void thePilotTakesTheFirstEighteenOfWaveOne() {
    var samples = new Sample[40];
    for (var n = 0; n < samples.length; n++) {
      samples[n] = Sample.of(n).metadata("Priority", n % 2 == 0 ? "1" : "2");
    }
    var pilot =
        switch (WavePlans.find("pilot")) {
          case WavePlans.Result.Valid(var config) -> config;
          case WavePlans.Result.Invalid(var problems) -> throw new AssertionError(problems);
        };

    var plan = Planner.plan(workforce(samples), pilot, Planner.Options.of(1));

    assertThat(plan.waves()).hasSize(1);
    assertThat(plan.waves().getFirst().workers())
        .hasSize(18)
        .startsWith("WORKER_000", "WORKER_002")
        .endsWith("WORKER_034");
    assertThat(plan.leftOut()).hasSize(22);
  }

  @Test
  void conflictsNameEveryOwner() {
    var plan =
        plan(
            Sample.of(1).section("DELIVERABLES", "- `out/x.txt`"),
            Sample.of(2).section("DELIVERABLES", "- Test results file: `./out//x.txt`"));

    assertThat(plan.conflicts())
        .containsExactly(new Plan.Conflict("out/x.txt", List.of("WORKER_001", "WORKER_002")));
  }

  @Test
  void workersThatNeedAModelAreOneFinding() {
    var plan = plan(Sample.of(1).without("EXECUTION"), Sample.of(2).without("EXECUTION"));

    assertThat(plan.findings())
        .filteredOn(finding -> finding.code() == Code.NO_EXECUTION)
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("2 of 2", "WORKER_001, WORKER_002"));
  }

  private static String refusal(Plan plan, boolean strict) {
    return Objects.requireNonNull(RunRefusal.of(plan, strict, false)).toString();
  }

  private static Instruction compile(String file, Sample sample) {
    return InstructionCompiler.compile(file, sample.text(), "0".repeat(64));
  }

  private static String reason(Plan plan, String worker) {
    return plan.unreleasable().stream()
        .filter(u -> worker.equals(u.worker()))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static Workforce workforce(Sample... samples) {
    return new Workforce("test", Arrays.stream(samples).map(Sample::compile).toList());
  }

  private static Plan plan(Sample... samples) {
    return plan(Planner.Options.of(4), samples);
  }

  private static Plan plan(Planner.Options options, Sample... samples) {
    return Planner.plan(workforce(samples), WavePlans.fiveWaves(), options);
  }
}

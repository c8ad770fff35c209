package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.instruction.Code;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.LintReport;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.instruction.Workforce;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A workforce as people write one: 226 files in seven phases, chains of workers that re-create one
/// file, phases that wait for phases, and here and there a remark that says more than was meant.
class LargeWorkforceTest {
  private static final int WORKERS = 226;

  /// The campaign has 20,000.
  private static final int MANY = Integer.getInteger("large.workers", 500);

  private static final int OF_ONE_PHASE = MANY / 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- **Previous workers:** WORKER_018 (all Phase 1 complete)",
        "- **Previous workers:** WORKER_018 complete (all of Phase 1 complete)",
        "- WORKER_018: Phase 1 complete",
        "- WORKER_018 — all Phase 1 workers complete",
        "- WORKER_018 complete\n- All Phase 1 complete"
      })
  void aRemarkThatOnesOwnPhaseIsDoneStopsNobody(String remark) {
    var plan = plan(workforce(remark));

    assertThat(plan.total()).isEqualTo(WORKERS);
    assertThat(plan.unreleasable()).isEmpty();
    assertThat(plan.findings()).extracting(Finding::code).doesNotContain(Code.DEPENDENCY_CYCLE);
    assertThat(plan.edges()).contains(List.of("WORKER_018", "WORKER_019"));
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void whatWorkersOfOnePhaseCreateSideBySideIsAConflict() {
    var workforce = workforce("- WORKER_018 complete");
    var instructions = new ArrayList<>(workforce.instructions());
    instructions.set(150, worker(150, "4.5", "- Phase 3 complete", "out/same.py"));
    instructions.set(151, worker(151, "4.5", "- Phase 3 complete", "out/same.py"));

    assertThat(plan(new Workforce("people", instructions)).conflicts())
        .containsExactly(new Plan.Conflict("out/same.py", List.of("WORKER_150", "WORKER_151")));
  }

  /// Chains, phases and one path that a quarter of all re-create. The bound is generous: what it is
  /// to show is that nothing asks about every pair, which in the campaign would take minutes.
  @Test
  @Timeout(180)
  void thousandsOfWorkersAreJudgedAndPlannedWithoutLookingAtEveryPair() {
    var instructions =
        IntStream.range(0, MANY).parallel().mapToObj(LargeWorkforceTest::one).toList();
    var workforce = new Workforce("huge", instructions);

    LintReport report = Linter.lint(workforce, Linter.Options.DEFAULT);
    var plan = plan(workforce);

    assertThat(report.summary().errors()).isZero();
    assertThat(plan.total()).isEqualTo(MANY);
    assertThat(plan.conflicts()).isEmpty();
  }

  /// Five phases in chains; each waits for the phase before, names its own in passing, and a
  /// quarter of all re-create one path.
  private static Instruction one(int number) {
    var phase = number / OF_ONE_PHASE + 1;
    var lines = new ArrayList<String>();
    if (number % OF_ONE_PHASE > 0) lines.add("- WORKER_%05d complete".formatted(number - 1));
    if (phase > 1) lines.add("- Phase " + (phase - 1) + " complete");
    if (number % 10 == 0) lines.add("- all of Phase " + phase + " complete");
    if (lines.isEmpty()) lines.add("- None");
    var path = number % 4 == 0 ? "out/shared.txt" : "out/" + number + ".txt";
    return Sample.of("WORKER_%05d".formatted(number))
        .metadata("Priority", Integer.toString(phase))
        .metadata("Phase", phase + ".1")
        .section("DELIVERABLES", "- [ ] `" + path + "`")
        .section("DEPENDENCIES", String.join("\n", lines))
        .compile();
  }

  private static Workforce workforce(String remark) {
    var instructions = new ArrayList<Instruction>();
    for (var n = 0; n < WORKERS; n++) {
      instructions.add(worker(n, phase(n), n == 19 ? remark : dependency(n), path(n)));
    }
    return new Workforce("people", instructions);
  }

  private static String phase(int n) {
    if (n == 0) return "0 (Gate)";
    if (n < 55) return n < 19 ? "1.1 - A" : n < 37 ? "1.2 - B" : "1.3 - C";
    if (n < 88) return "2 - Quality";
    if (n < 103) return n < 96 ? "3.1 - Composite" : "3.2 - Interface";
    if (n < 210) return "4." + ((n - 103) / 12 + 1) + " - Tests";
    return n < 220 ? "5.1 - Rollout" : "6.1 - Tuning";
  }

  private static String dependency(int n) {
    if (n < 2) return "- **No prior workers:** This is WORKER_%03d".formatted(n);
    if (n == 55) return "- ✅ Phase 1 complete: `x.py` exists (WORKER_001-054)";
    if (n == 88) return "- Phase 1-2 complete (WORKER_001-087 executed)";
    if (n == 180) return "- Phase 4.6 complete (analysis done)";
    if (n >= 103 && n < 210) return "- Phase 1-2 complete (all there)\n- Phase 3 complete";
    return "- **Previous workers:** WORKER_%03d (prior deliverable complete)".formatted(n - 1);
  }

  /// Each part of the first phases works on one file.
  private static String path(int n) {
    var phase = phase(n);
    return n > 0 && n < 103 ? "src/part_" + phase.charAt(0) + ".py" : "out/worker_" + n + ".py";
  }

  private static Instruction worker(int n, String phase, String dependencies, String path) {
    return Sample.of(n)
        .withoutMetadata("Priority")
        .metadata("Phase", phase)
        .section("DELIVERABLES", "- [ ] Create/update file: `" + path + "`")
        .section("DEPENDENCIES", dependencies)
        .compile();
  }

  private static Plan plan(Workforce workforce) {
    return Planner.plan(workforce, WavePlans.fiveWaves(), Planner.Options.of(4));
  }
}

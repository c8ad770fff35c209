package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.protocol.run.RunPlan.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is true of every plan, whatever the workforce. `-Dseeds=N` tries more.
class PlannerSeedsTest {
  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 50));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aPlanCanAlwaysBeCarriedOut(long seed) {
    var random = new SplittableRandom(seed);
    var instructions = randomWorkforce(random);
    var slots = random.nextInt(1, 6);

    var plan =
        Planner.plan(
            new Workforce("random", instructions),
            WavePlans.fiveWaves(),
            Planner.Options.of(slots));

    everybodyIsPlannedOrExplained(instructions, plan);
    noDependencyIsInALaterWave(plan);
    everybodyGetsHisTurn(plan);
    theCriticalPathFollowsEdges(plan);
    theForecastLiesBetweenItsBounds(plan, slots);
  }

  private static void everybodyIsPlannedOrExplained(List<Instruction> instructions, Plan plan) {
    var planned = plan.toRunPlan().workers().stream().map(Planned::id).toList();
    var refused =
        plan.unreleasable().stream().filter(u -> !u.planned()).map(u -> u.worker()).toList();
    var all = new ArrayList<>(planned);
    all.addAll(refused);
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(instructions.stream().map(Instruction::id).toList());
    assertThat(plan.waves().stream().flatMap(wave -> wave.workers().stream()))
        .containsExactlyElementsOf(planned);
  }

  private static void noDependencyIsInALaterWave(Plan plan) {
    var waves = waves(plan);
    for (var worker : plan.toRunPlan().workers()) {
      assertThat(worker.dependencies())
          .allSatisfy(d -> assertThat(waves.get(d)).isNotNull().isLessThanOrEqualTo(worker.wave()));
    }
  }

  private static void everybodyGetsHisTurn(Plan plan) {
    Map<String, Set<String>> open = new HashMap<>();
    plan.toRunPlan().workers().forEach(w -> open.put(w.id(), Set.copyOf(w.dependencies())));
    var before = -1;
    while (open.size() != before) {
      before = open.size();
      var ready =
          open.entrySet().stream()
              .filter(e -> e.getValue().stream().noneMatch(open::containsKey))
              .map(Map.Entry::getKey)
              .toList();
      ready.forEach(open::remove);
    }
    assertThat(open).isEmpty();
  }

  private static void theCriticalPathFollowsEdges(Plan plan) {
    var path = plan.criticalPath();
    for (var i = 1; i < path.size(); i++) {
      assertThat(plan.edges()).contains(List.of(path.get(i - 1), path.get(i)));
    }
    assertThat(path.isEmpty()).isEqualTo(plan.total() == 0);
  }

  private static void theForecastLiesBetweenItsBounds(Plan plan, int slots) {
    var seconds = new HashMap<String, Long>();
    for (var worker : plan.toRunPlan().workers()) {
      var estimate = worker.estimate();
      seconds.put(worker.id(), estimate == null ? 30 : estimate.toSeconds());
    }
    var sum = seconds.values().stream().mapToLong(Long::longValue).sum();
    var path = plan.criticalPath().stream().mapToLong(id -> seconds.getOrDefault(id, 0L)).sum();
    assertThat(plan.forecast().seconds())
        .isLessThanOrEqualTo(sum)
        .isGreaterThanOrEqualTo(path)
        .isGreaterThanOrEqualTo(sum / slots);
  }

  private static Map<String, Integer> waves(Plan plan) {
    return plan.toRunPlan().workers().stream()
        .collect(Collectors.toMap(Planned::id, Planned::wave));
  }

  private static List<Instruction> randomWorkforce(SplittableRandom random) {
    var size = random.nextInt(0, 40);
    var instructions = new ArrayList<Instruction>();
    for (var n = 0; n < size; n++) {
      var sample =
          Sample.of(n)
              .metadata("Priority", String.valueOf(random.nextInt(1, 6)))
              .metadata("Phase", random.nextInt(0, 7) + "." + random.nextInt(0, 3))
              .metadata("Duration", random.nextInt(1, 100) + " seconds");
      var lines = new ArrayList<String>();
      for (var d = random.nextInt(4); d > 0; d--) lines.add(randomDependency(random, size, n));
      if (!lines.isEmpty()) sample.dependsOn(lines.toArray(String[]::new));
      if (random.nextInt(20) == 0) sample.section("EXECUTION", "```bash what=1\ntrue\n```");
      if (random.nextInt(20) == 0) sample.without("TEST_PROCESS");
      instructions.add(sample.compile());
    }
    return instructions;
  }

  /// Mostly backwards, now and then forwards, into nothing, or at oneself.
  private static String randomDependency(SplittableRandom random, int size, int self) {
    var other = random.nextInt(12) == 0 ? random.nextInt(size + 2) : random.nextInt(self + 1);
    return switch (random.nextInt(6)) {
      case 0 -> "WORKER_%03d-%03d".formatted(other, other + random.nextInt(4));
      case 1 -> "Phase " + random.nextInt(0, 3) + " complete";
      default -> "WORKER_%03d complete".formatted(other);
    };
  }
}

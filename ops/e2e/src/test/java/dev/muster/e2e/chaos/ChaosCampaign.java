package dev.muster.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.rig.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The campaign: `mvn -Pchaos verify -Dseeds=20`. One seed again: `-Dseeds.only=7`.
class ChaosCampaign {
  private static final int SLOTS = 4;
  private static final Path FILE = Path.of("target", "chaos-report.md");
  private static ChaosReport report = new ChaosReport("none");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  static LongStream seeds() {
    var only = System.getProperty("seeds.only", "");
    if (!only.isEmpty()) return Arrays.stream(only.split(",", -1)).mapToLong(Long::parseLong);
    var first = Long.getLong("seeds.first", 0);
    return LongStream.range(first, first + Integer.getInteger("seeds", 3));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsLostAndNothingHappensTwice(long seed) throws Exception {
    // Every fourth seed has two orchestrators, of which one may die.
    var orchestrators = seed % 4 == 3 ? 2 : 1;
    System.out.printf("[seed %d] again with: -Dseeds.only=%d%n", seed, seed);
    try (var rig = new Rig(folder, orchestrators, 3, SLOTS)) {
      var script = ChaosScript.of(seed, rig.orchestratorNames(), rig.workerNames());
      script.steps().forEach(step -> System.out.printf("[seed %d] %s%n", seed, step));
      if (report.isEmpty()) report = new ChaosReport(rig.network().description());
      var outcome = new ChaosRun(rig, script).carryOut();
      report.add(outcome);
      System.out.print(ChaosReport.line(outcome));
      report.write(FILE);
      assertThat(outcome.verdict().broken())
          .as("seed %d, faults %s", seed, outcome.faults())
          .isEqualTo(List.of());
      assertThat(outcome.failed()).as("seed %d", seed).isEqualTo(List.of());
      assertThat(outcome.stale()).as("seed %d, the reader's tables", seed).isEqualTo(List.of());
      assertThat(outcome.good()).isTrue();
    }
  }

  @AfterAll
  static void write() throws IOException {
    System.out.println(report);
    report.write(FILE);
  }
}

package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlapsTest {
  @Test
  void aPathThatSuccessiveWorkersRecreateIsHandedOver() {
    var instructions =
        IntStream.rangeClosed(1, 20)
            .mapToObj(n -> owner(n, n == 1 ? "None" : "WORKER_%03d complete".formatted(n - 1)))
            .toList();

    assertThat(overlaps(instructions)).isEmpty();
  }

  @Test
  void aHandOverMayGoThroughOthersAndBackwardsInNumbers() {
    var between = Sample.of(2).dependsOn("WORKER_003").compile();

    assertThat(overlaps(List.of(owner(1, "WORKER_002"), between, owner(3, "None")))).isEmpty();
  }

  @Test
  void workersThatDoNotWaitForOneAnotherClash() {
    var overlaps =
        overlaps(
            List.of(
                owner(1, "None"),
                owner(2, "WORKER_001"),
                owner(3, "WORKER_001"),
                owner(4, "WORKER_002-003")));

    assertThat(overlaps).hasSize(1);
    assertThat(overlaps.getFirst().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.file()).isEqualTo("WORKER_003_Sample.md");
          assertThat(finding.message())
              .isEqualTo(
                  "`out/shared.txt` is also owned by WORKER_002, and neither waits for the other");
        });
  }

  @Test
  void workersThatWaitForOneThirdDoNotWaitForEachOther() {
    var third = Sample.of(1).compile();

    assertThat(overlaps(List.of(third, owner(2, "WORKER_001"), owner(3, "WORKER_001")))).hasSize(1);
  }

  @Test
  void manyPairsAreToldApart() {
    var instructions = new ArrayList<Instruction>();
    for (var n = 0; n < 400; n += 2) {
      var waits = n % 4 == 0;
      instructions.add(owner(n, "None", "out/%d.txt".formatted(n)));
      instructions.add(
          owner(n + 1, waits ? "WORKER_%03d".formatted(n) : "None", "out/%d.txt".formatted(n)));
    }

    assertThat(overlaps(instructions))
        .extracting(Overlaps::path)
        .hasSize(100)
        .contains("out/2.txt");
  }

  private static List<Overlaps> overlaps(List<Instruction> instructions) {
    return Overlaps.of(
        instructions, DependencyGraph.of(instructions, _ -> 1, "this run").reachability());
  }

  private static Instruction owner(int number, String dependency) {
    return owner(number, dependency, "out/shared.txt");
  }

  private static Instruction owner(int number, String dependency, String path) {
    return Sample.of(number)
        .dependsOn(dependency)
        .section("DELIVERABLES", "- [ ] `" + path + "`")
        .compile();
  }
}

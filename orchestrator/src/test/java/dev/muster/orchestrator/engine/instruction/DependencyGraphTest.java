package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DependencyGraphTest {
  @Test
  void rangesAndPhasesBecomeWorkersAndNeverOneself() {
    var graph =
        graph(
            Sample.of(1).metadata("Phase", "1.1 - A"),
            Sample.of(2).metadata("Phase", "1.2 - B"),
            Sample.of(3).metadata("Phase", "2 - C").dependsOn("Phase 1-2 complete"),
            Sample.of(4).dependsOn("WORKER_003-005"),
            Sample.of(5).dependsOn("WORKER_1 complete"));

    assertThat(dependencies(graph, "WORKER_003")).containsExactly("WORKER_001", "WORKER_002");
    assertThat(dependencies(graph, "WORKER_004")).containsExactly("WORKER_003", "WORKER_005");
    assertThat(dependencies(graph, "WORKER_005")).containsExactly("WORKER_001");
  }

  @Test
  void aRangeWithGapsSaysOnceWhoIsAbsent() {
    var graph = graph(Sample.of(1), Sample.of(9).dependsOn("WORKER_001-005"));

    assertThat(graph.findings("WORKER_009"))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message())
                .isEqualTo(
                    "WORKER_002, WORKER_003, WORKER_004, WORKER_005 of WORKER_001-005 are not in"
                        + " this run; that counts as met"));
  }

  @Test
  void aCycleIsNamedAlongItsWay() {
    var graph =
        graph(
            Sample.of(1).dependsOn("WORKER_003"),
            Sample.of(2).dependsOn("WORKER_001"),
            Sample.of(3).dependsOn("WORKER_002"),
            Sample.of(4).dependsOn("WORKER_003"));

    assertThat(graph.findings("WORKER_002").getFirst().message())
        .isEqualTo("it waits for itself: WORKER_001 → WORKER_003 → WORKER_002 → WORKER_001");
    assertThat(graph.findings("WORKER_004")).isEmpty();
  }

  @Test
  void aLongChainOverflowsNothing() {
    var samples = new ArrayList<Sample>();
    samples.add(Sample.of(0).dependsOn("WORKER_1999"));
    for (var n = 1; n < 2000; n++) {
      samples.add(Sample.of(n).dependsOn("WORKER_%03d".formatted(n - 1)));
    }

    var graph = graph(samples.toArray(Sample[]::new));

    assertThat(graph.findings("WORKER_1000").getFirst().message())
        .isEqualTo(
            "it waits for itself: WORKER_000 → WORKER_1999 → WORKER_1998 → WORKER_1997 →"
                + " WORKER_1996 → WORKER_1995 → WORKER_1994 → WORKER_1993 → … → WORKER_000");
  }

  @Test
  void whoeverWouldBringTooManyEdgesIsRefused() {
    var samples =
        IntStream.range(0, 750)
            .mapToObj(n -> Sample.of(n).dependsOn("WORKER_000-749"))
            .toArray(Sample[]::new);

    var graph = graph(samples);

    assertThat(graph.findings("WORKER_000"))
        .extracting(Finding::code)
        .doesNotContain(Code.TOO_MANY_DEPENDENCIES);
    assertThat(graph.findings("WORKER_749"))
        .extracting(Finding::code)
        .contains(Code.TOO_MANY_DEPENDENCIES);
  }

  @Test
  void aPhaseNamedByItsOwnMemberMeansThoseThatDoNotWaitForThatMember() {
    var graph =
        graph(
            Sample.of(1).metadata("Phase", "1"),
            Sample.of(2).metadata("Phase", "1").dependsOn("WORKER_001", "All of Phase 1 complete"),
            Sample.of(3).metadata("Phase", "1").dependsOn("WORKER_002"),
            Sample.of(4).metadata("Phase", "1").dependsOn("WORKER_003"),
            Sample.of(5).metadata("Phase", "1"));

    assertThat(dependencies(graph, "WORKER_002")).containsExactly("WORKER_001", "WORKER_005");
    assertThat(graph.findings("WORKER_002")).isEmpty();
    assertThat(graph.findings("WORKER_004")).isEmpty();
  }

  @Test
  void ofTwoMembersThatNameTheirPhaseTheLaterWaitsForTheEarlier() {
    var graph =
        graph(
            Sample.of(1).metadata("Phase", "1.1").dependsOn("Phase 1 complete"),
            Sample.of(2).metadata("Phase", "1.2"),
            Sample.of(3).metadata("Phase", "1.2").dependsOn("Phase 1 complete"));

    assertThat(dependencies(graph, "WORKER_001")).containsExactly("WORKER_002");
    assertThat(dependencies(graph, "WORKER_003")).containsExactly("WORKER_001", "WORKER_002");
  }

  @Test
  void whoWaitsThroughAnotherPhaseWaitsToo() {
    var graph =
        graph(
            Sample.of(1).metadata("Phase", "1").dependsOn("Phase 1 complete"),
            Sample.of(2).metadata("Phase", "2").dependsOn("WORKER_001"),
            Sample.of(3).metadata("Phase", "1").dependsOn("Phase 2 complete"));

    assertThat(dependencies(graph, "WORKER_001")).isEmpty();
    assertThat(graph.findings("WORKER_001")).isEmpty();
  }

  @Test
  void ofALargePhaseItsLastMembersStandForAll() {
    var samples = new ArrayList<Sample>();
    for (var n = 0; n < 800; n++) {
      var sample = Sample.of(n).metadata("Phase", n < 400 ? "1" : "2");
      samples.add(
          n >= 400
              ? sample.dependsOn("Phase 1 complete")
              : n > 0 ? sample.dependsOn("WORKER_%03d".formatted(n - 1)) : sample);
    }

    var graph = graph(samples.toArray(Sample[]::new));

    assertThat(dependencies(graph, "WORKER_600")).containsExactly("WORKER_399");
    assertThat(graph.findings("WORKER_799")).isEmpty();
  }

  @Test
  void aLargePhaseThatEachOfItsMembersNamesBecomesAChain() {
    var samples =
        IntStream.range(0, 400)
            .mapToObj(n -> Sample.of(n).metadata("Phase", "1").dependsOn("Phase 1 complete"))
            .toArray(Sample[]::new);

    var graph = graph(samples);

    assertThat(dependencies(graph, "WORKER_000")).isEmpty();
    assertThat(dependencies(graph, "WORKER_300")).containsExactly("WORKER_299");
  }

  private static DependencyGraph graph(Sample... samples) {
    var instructions = Arrays.stream(samples).map(Sample::compile).toList();
    return DependencyGraph.of(instructions, i -> i.placement().wave(), "this run");
  }

  private static List<String> dependencies(DependencyGraph graph, String id) {
    return graph.edges(id).stream().map(DependencyGraph.Edge::dependency).toList();
  }
}

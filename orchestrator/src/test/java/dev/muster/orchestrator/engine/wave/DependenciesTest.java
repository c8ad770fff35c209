package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.RunPlan.Planned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  @Test
  void whoeverHandsAFileOnComesBeforeThoseHeHasItFrom() {
    var dependencies =
        Dependencies.of(
            List.of(
                planned("WORKER_001"),
                planned("WORKER_002", "WORKER_001"),
                planned("WORKER_003", "WORKER_002"),
                planned("WORKER_004", "WORKER_001", "WORKER_002", "WORKER_003")));

    assertThat(dependencies.allOf("WORKER_004"))
        .containsExactly("WORKER_003", "WORKER_002", "WORKER_001");
  }

  @Test
  void amongThoseThatDoNotWaitForOneAnotherTheNearestComesFirst() {
    var dependencies =
        Dependencies.of(
            List.of(
                planned("WORKER_001"),
                planned("WORKER_002", "WORKER_001"),
                planned("WORKER_003"),
                planned("WORKER_004", "WORKER_002", "WORKER_003")));

    assertThat(dependencies.allOf("WORKER_004"))
        .containsExactly("WORKER_002", "WORKER_003", "WORKER_001");
  }

  @Test
  void aLongChainIsWalkedOnce() {
    var workers = new ArrayList<Planned>();
    workers.add(planned("WORKER_0"));
    IntStream.range(1, 20_000)
        .forEach(n -> workers.add(planned("WORKER_" + n, "WORKER_" + (n - 1))));

    assertThat(Dependencies.of(workers).allOf("WORKER_19999")).hasSize(19_999).contains("WORKER_0");
  }

  private static Planned planned(String id, String... dependencies) {
    return new Planned(id, id, 1, "digest", Arrays.asList(dependencies), null, List.of());
  }
}

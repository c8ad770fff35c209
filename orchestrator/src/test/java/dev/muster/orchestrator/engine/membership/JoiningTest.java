package dev.muster.orchestrator.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.membership.Joining.Ask;
import dev.muster.orchestrator.engine.membership.Joining.Form;
import dev.muster.orchestrator.engine.membership.Joining.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoiningTest {
  private static final Self ORCHESTRATOR =
      new Self("o", "o:1", "life-o", List.of("orchestrator"), false);
  private static final Self WORKER = new Self("w", "w:1", "life-w", List.of("worker"), false);

  @Test
  void anOrchestratorThatFindsNobodyBeginsTheCluster() {
    assertThat(Joining.of(ORCHESTRATOR, List.of(), List.of())).isEqualTo(new Form());
    assertThat(Joining.of(ORCHESTRATOR, List.of("o:1", "p:1"), List.of(node("p", false, 0))))
        .as("seeds alone keep nobody from beginning: one of them must be the first")
        .isEqualTo(new Form());
  }

  @Test
  void aWorkerNeverBegins() {
    assertThat(Joining.of(WORKER, List.of(), List.of())).isEqualTo(new Wait());
    assertThat(Joining.of(WORKER, List.of("o:1"), List.of())).isEqualTo(new Ask(List.of("o:1")));
  }

  @Test
  void whoeverLivesAsAMemberIsAskedFirstAndTheSeedsAfterwards() {
    var nodes = List.of(node("a", true, 1), node("b", true, 60), node("c", false, 0));
    assertThat(Joining.of(ORCHESTRATOR, List.of("a:1", "z:1", "o:1"), nodes))
        .isEqualTo(new Ask(List.of("a:1", "z:1")));
  }

  @Test
  void aNodesOwnEarlierLifeIsNobodyToAsk() {
    assertThat(Joining.of(ORCHESTRATOR, List.of("o:1"), List.of(node("o", true, 1))))
        .isEqualTo(new Form());
  }

  private static Registered node(String name, boolean joined, long silence) {
    return new Registered(
        name, name + ":1", "life", List.of("worker"), joined, Duration.ofSeconds(silence), null);
  }
}

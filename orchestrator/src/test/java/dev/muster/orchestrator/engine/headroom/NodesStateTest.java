package dev.muster.orchestrator.engine.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aNodeSilentForThreeIntervalsHasNoHeadroomAndSaysWhy() {
    var nodes = NodesState.EMPTY.with(node(), NOW);
    assertThat(nodes.silenced(NOW.plusSeconds(3)).headrooms().getFirst().open()).isTrue();
    var silent = nodes.silenced(NOW.plusMillis(3_001)).headrooms().getFirst();
    assertThat(silent.open()).isFalse();
    assertThat(silent.reasons()).containsExactly("silent for more than 3 s");
  }

  @Test
  void silenceIsNoNewsTheSecondTime() {
    var silent = NodesState.EMPTY.with(node(), NOW).silenced(NOW.plusSeconds(4));
    assertThat(silent.silenced(NOW.plusSeconds(5))).isEqualTo(silent);
  }

  @Test
  void aReportOpensASilentNodeAgain() {
    var silent = NodesState.EMPTY.with(node(), NOW).silenced(NOW.plusSeconds(4));
    assertThat(silent.with(node(), NOW.plusSeconds(5)).headrooms().getFirst().open()).isTrue();
  }

  @Test
  void aNodeThatStaysAwayIsForgotten() {
    var nodes = NodesState.EMPTY.with(node(), NOW);
    assertThat(nodes.silenced(NOW.plus(NodesState.FORGOTTEN_AFTER).plusMillis(1)).headrooms())
        .isEmpty();
  }

  private static NodeHeadroom node() {
    return new NodeHeadroom(
        "node-a",
        "",
        "i1",
        List.of("worker"),
        true,
        List.of(),
        10,
        5,
        20,
        30,
        HeadroomLimits.DEFAULT,
        4,
        0,
        NOW);
  }
}

package dev.muster.orchestrator.engine.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.HeadroomTrend.Pause;
import dev.muster.protocol.headroom.HeadroomTrend.Point;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrendStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theWorstOfTenSecondsIsKept() {
    var trend =
        TrendState.EMPTY
            .with(node("a", 10), NOW.plusSeconds(1))
            .with(node("a", 93.14), NOW.plusSeconds(2))
            .with(node("a", 12), NOW.plusSeconds(9))
            .with(node("a", 20), NOW.plusSeconds(10));
    assertThat(trend.of("a").points())
        .containsExactly(
            new Point(NOW, 93.1, 20, 30, 0, 4, false, "cpu 93.14"),
            new Point(NOW.plusSeconds(10), 20, 20, 30, 0, 4, true, null));
    assertThat(trend.of("b").points()).isEmpty();
  }

  @Test
  void anHourIsKeptAndNoMore() {
    var trend = TrendState.EMPTY;
    for (var i = 0; i < 400; i++) trend = trend.with(node("a", i % 50), NOW.plusSeconds(10L * i));
    var points = trend.of("a").points();
    assertThat(points).hasSize(TrendState.POINTS_MAX);
    assertThat(points.getFirst().at()).isEqualTo(NOW.plusSeconds(400));
  }

  @Test
  void aClockThatGoesBackMakesNoPointMore() {
    var trend = TrendState.EMPTY.with(node("a", 10), NOW.plusSeconds(60)).with(node("a", 50), NOW);
    assertThat(trend.of("a").points()).hasSize(1);
    assertThat(trend.of("a").points().getFirst().cpuPercent()).isEqualTo(50);
  }

  @Test
  void itIsAPauseWhenNobodyTakesWorkAndItsReasonsAreKept() {
    var busy = List.of(node("a", 90), node("b", 95));
    var trend =
        TrendState.EMPTY
            .seen(List.of(node("a", 90), node("b", 10)), NOW)
            .seen(busy, NOW.plusSeconds(1))
            .seen(busy, NOW.plusSeconds(2));
    assertThat(trend.pauses())
        .containsExactly(
            new Pause(NOW.plusSeconds(1), null, List.of("a: cpu 90.0", "b: cpu 95.0")));
    var over = trend.seen(List.of(node("a", 90), node("b", 10)), NOW.plusSeconds(31));
    assertThat(over.pauses().getFirst().until()).isEqualTo(NOW.plusSeconds(31));
    assertThat(over.seen(List.of(), NOW.plusSeconds(40)).pauses())
        .as("where nobody works nothing is paused for want of headroom")
        .isEqualTo(over.pauses());
  }

  @Test
  void nodesAndPausesAreBounded() {
    var trend = TrendState.EMPTY;
    for (var i = 0; i < TrendState.NODES_MAX + 5; i++) trend = trend.with(node("n" + i, 1), NOW);
    assertThat(trend.points()).hasSize(TrendState.NODES_MAX);
    assertThat(trend.among(Set.of("n1", "n2")).points()).containsOnlyKeys("n1", "n2");
    for (var i = 0; i < TrendState.PAUSES_MAX + 5; i++) {
      trend = trend.seen(List.of(node("a", 90)), NOW.plusSeconds(2L * i));
      trend = trend.seen(List.of(node("a", 10)), NOW.plusSeconds(2L * i + 1));
    }
    assertThat(trend.pauses()).hasSize(TrendState.PAUSES_MAX);
  }

  private static NodeHeadroom node(String name, double cpu) {
    var open = cpu < 80;
    return new NodeHeadroom(
        name,
        "",
        "i1",
        List.of("worker"),
        open,
        open ? List.of() : List.of("cpu " + cpu),
        cpu,
        5,
        20,
        30,
        HeadroomLimits.DEFAULT,
        4,
        0,
        NOW);
  }
}

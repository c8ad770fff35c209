package dev.muster.orchestrator.readside.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.membership.Registered;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.view.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is known of a node by its reports, by the registry, or by both.
class NodeViewsTest {
  private static final Duration NOW = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(42);

  private static NodeHeadroom reported(String name) {
    return new NodeHeadroom(
        name,
        name + ":7410",
        "life-1",
        List.of("worker"),
        true,
        List.of(),
        12.34,
        3,
        40,
        50,
        HeadroomLimits.DEFAULT,
        2,
        1,
        Instant.EPOCH,
        List.of(),
        false,
        false,
        false,
        List.of(),
        0,
        0,
        "util-linux",
        null);
  }

  private static NodeHeadroom silent(String name) {
    return reported(name).silenced("silent for more than 3 s");
  }

  private static Registered row(String name, Duration silence, boolean joined) {
    return new Registered(name, name + ":7410", "life-1", List.of("worker"), joined, silence, null);
  }

  private static NodeView one(List<NodeHeadroom> reported, List<Registered> registered) {
    var all = NodeViews.all(reported, registered);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void whoReportsIsUpWhateverTheRegistrySays() {
    var node = one(List.of(reported("a")), List.of(row("a", LONG, true)));
    assertThat(node.status()).isEqualTo("UP");
    assertThat(node.open()).isTrue();
    assertThat(node.reasons()).isEmpty();
    assertThat(node.sandbox()).isEqualTo("util-linux");
  }

  @Test
  void whoIsDrainedTakesNoWorkFromThenOnAndNotFromItsNextReport() {
    var drained =
        new Registered("a", "a:7410", "life-1", List.of("worker"), true, NOW, Duration.ZERO);
    var node = one(List.of(reported("a")), List.of(drained));
    assertThat(node.drained()).isTrue();
    assertThat(node.open()).isFalse();
  }

  @Test
  void whoFellSilentIsSilentWhileTheRegistryHearsOfItOrIsNotThere() {
    for (var registered : List.of(List.of(row("a", NOW, true)), List.<Registered>of())) {
      var node = one(List.of(silent("a")), registered);
      assertThat(node.status()).isEqualTo("SILENT");
      assertThat(node.reasons()).containsExactly("silent for more than 3 s");
    }
  }

  @Test
  void whoFellSilentIsDownOnceTheRegistryHearsNothingEitherAndItsLastFiguresStay() {
    var node = one(List.of(silent("a")), List.of(row("a", LONG, true)));
    assertThat(node.status()).isEqualTo("DOWN");
    assertThat(node.open()).isFalse();
    assertThat(node.reasons()).containsExactly("no sign of life for 42 s");
    assertThat(node.cpuPercent()).isEqualTo(12.3);
  }

  @Test
  void whoNeverReportedHereIsDownOrAboutToReport() {
    assertThat(one(List.of(), List.of(row("a", LONG, true))).status()).isEqualTo("DOWN");
    var starting = one(List.of(), List.of(row("a", NOW, false)));
    assertThat(starting.status()).isEqualTo("SILENT");
    assertThat(starting.reasons()).containsExactly("has not reported its headroom yet");
    assertThat(starting.slots()).isNull();
    assertThat(starting.at()).isNull();
  }

  @Test
  void whoLeftInGoodOrderIsShownUntilItIsStruckOff() {
    var left = one(List.of(), List.of(row("a", Duration.ofHours(23), false)));
    assertThat(left.reasons()).containsExactly("out of the cluster, no sign of life for 23 h");
    assertThat(NodeViews.all(List.of(), List.of(row("a", Duration.ofHours(25), false)))).isEmpty();
  }

  @Test
  void bothListsBecomeOneByName() {
    var all =
        NodeViews.all(
            List.of(reported("c"), silent("a")),
            List.of(row("a", LONG, true), row("b", LONG, true), row("c", NOW, true)));
    assertThat(all).extracting(NodeView::name).containsExactly("a", "b", "c");
    assertThat(all).extracting(NodeView::status).containsExactly("DOWN", "DOWN", "UP");
  }

  @Test
  void aSilentNodeThatIsStruckOffIsNotListed() {
    assertThat(NodeViews.all(List.of(silent("a")), List.of(row("b", NOW, true))))
        .extracting(NodeView::name)
        .containsExactly("b");
    assertThat(NodeViews.all(List.of(silent("a")), List.of()))
        .as("nobody knows")
        .extracting(NodeView::status)
        .containsExactly("SILENT");
  }

  @Test
  void whileTheRegistryDoesNotAnswerOnlyThoseThatReportAreListed() {
    assertThat(NodeViews.all(List.of(reported("b")), List.of()))
        .extracting(NodeView::name)
        .containsExactly("b");
  }
}

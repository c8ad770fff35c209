package dev.muster.orchestrator.engine.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomCommand.Reported;
import dev.muster.protocol.headroom.HeadroomCommand.Subscribe;
import dev.muster.protocol.headroom.HeadroomCommand.Unsubscribe;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterHeadroomTest {
  private static final ActorTestKit ACTORS =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING"))
              .withFallback(ConfigFactory.load()));
  private static final ManualTime TIME = ManualTime.get(ACTORS.system());
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final TestProbe<ClusterView> run = ACTORS.createTestProbe();
  private ActorRef<HeadroomCommand> cluster;

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @BeforeEach
  void subscribe() {
    cluster = ACTORS.spawn(ClusterHeadroom.create(() -> NOW));
    cluster.tell(new Subscribe(run.ref()));
    assertThat(run.receiveMessage().nodes()).isEmpty();
  }

  private static NodeHeadroom node(String name, boolean open, double cpuPercent) {
    return new NodeHeadroom(
        name,
        "",
        "i1",
        List.of("worker"),
        open,
        open ? List.of() : List.of("CPU 99% ≥ 80%"),
        cpuPercent,
        5,
        20,
        30,
        HeadroomLimits.DEFAULT,
        4,
        0,
        NOW);
  }

  @Test
  void aNodeThatComesOpensOrClosesIsToldAtOnce() {
    cluster.tell(new Reported(node("node-a", false, 99)));
    assertThat(run.receiveMessage().nodes().getFirst().open()).isFalse();
    cluster.tell(new Reported(node("node-a", true, 10)));
    assertThat(run.receiveMessage().nodes().getFirst().open()).isTrue();
  }

  @Test
  void figuresOfManyNodesAreToldTogetherOnceASecond() {
    for (var n = 0; n < 20; n++) cluster.tell(new Reported(node("node-" + n, true, 10)));
    for (var n = 0; n < 20; n++) run.receiveMessage();
    for (var n = 0; n < 20; n++) cluster.tell(new Reported(node("node-" + n, true, 11)));
    run.expectNoMessage(Duration.ofMillis(100));
    TIME.timePasses(Duration.ofSeconds(1));
    var told = run.receiveMessage();
    assertThat(told.samples()).isEqualTo(40);
    assertThat(told.nodes()).allMatch(node -> node.cpuPercent() == 11);
    TIME.expectNoMessageFor(Duration.ofSeconds(1), run);
  }

  @Test
  void whoHasEndedIsToldNothingMore() {
    cluster.tell(new Unsubscribe(run.ref()));
    cluster.tell(new Reported(node("node-a", true, 10)));
    run.expectNoMessage(Duration.ofMillis(100));
  }
}

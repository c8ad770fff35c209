package dev.muster.node.headroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.executor.Executor;
import dev.muster.node.executor.Occupancy;
import dev.muster.node.sandbox.ProcStat;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.Reported;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceMonitorTest {
  private static final List<String> MODELS =
      List.of("provider openai: 412 of 500 requests a minute used");

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Use QUIET = new Use(true, 10, 5, 20, 30);

  private final ActorTestKit actors = ActorTestKit.create();
  private final TestProbe<HeadroomCommand> view = actors.createTestProbe();
  private final AtomicReference<Use> use = new AtomicReference<>(QUIET);

  @AfterEach
  void shutdown() {
    actors.shutdownTestKit();
  }

  private static MonitorSettings settings(Duration every) {
    return new MonitorSettings(
        "node-a",
        "muster@127.0.0.1:1",
        "i1",
        List.of("worker"),
        List.of("docker"),
        "util-linux",
        HeadroomLimits.DEFAULT,
        Path.of("/"),
        every,
        Duration.ofMillis(50));
  }

  private ActorRef<Executor.Command> executor(Occupancy occupancy) {
    return actors.spawn(
        Behaviors.receiveMessage(command -> {
          if (command instanceof Executor.Describe(var replyTo)) replyTo.tell(occupancy);
          return Behaviors.same();
        }));
  }

  private void register() {
    actors
        .system()
        .receptionist()
        .tell(Receptionist.register(HeadroomCommand.SERVICE_KEY, view.ref()));
  }

  private NodeHeadroom next() {
    return ((Reported) view.receiveMessage()).headroom();
  }

  @Test
  void everyViewIsToldAtEverySampleWithSlotsAndLimits() {
    register();
    var busy = new Occupancy(4, 3, 7, Duration.ZERO, false, List.of("any/3"), 17);
    actors.spawn(
        ResourceMonitor.create(
            settings(Duration.ofMillis(20)),
            executor(busy),
            () -> Intake.OPEN,
            () -> MODELS,
            _ -> use.get(),
            InstantSource.fixed(NOW)));
    assertThat(next())
        .isEqualTo(
            new NodeHeadroom(
                "node-a",
                "muster@127.0.0.1:1",
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
                3,
                NOW,
                List.of("docker"),
                false,
                false,
                false,
                List.of("any/3"),
                7,
                17,
                "util-linux",
                MODELS));
    next();
    next();
  }

  @Test
  void aViewThatComesLaterIsToldAtOnce() {
    actors.spawn(
        ResourceMonitor.create(
            settings(Duration.ofHours(1)),
            null,
            () -> Intake.OPEN,
            () -> null,
            _ -> use.get(),
            InstantSource.fixed(NOW)));
    register();
    assertThat(next().slots()).isZero();
  }

  @Test
  void aFullNodeCloses() {
    register();
    actors.spawn(
        ResourceMonitor.create(
            settings(Duration.ofMillis(20)),
            null,
            () -> Intake.OPEN,
            () -> null,
            _ -> use.get(),
            InstantSource.fixed(NOW)));
    assertThat(next().open()).isTrue();
    use.set(new Use(true, 10, 5, 91.25, 30));
    NodeHeadroom now;
    do now = next();
    while (now.open());
    assertThat(now.reasons())
        .containsExactly("memory 91.3% ≥ 85% (headroom.memory-percent), opens below 80%");
  }

  @Test
  void aDrainingNodeIsClosedAndSaysSo() {
    register();
    actors.spawn(
        ResourceMonitor.create(
            settings(Duration.ofMillis(20)),
            executor(new Occupancy(4, 0, 0, Duration.ZERO, true, List.of(), 0)),
            () -> Intake.OPEN,
            () -> null,
            _ -> use.get(),
            InstantSource.fixed(NOW)));
    assertThat(next().reasons()).containsExactly("the node takes no more work");
  }

  @Test
  void aDrainedNodeIsClosedUntilItIsUncordoned() {
    register();
    var intake = new AtomicReference<>(Intake.EVICTING);
    actors.spawn(
        ResourceMonitor.create(
            settings(Duration.ofMillis(20)),
            null,
            intake::get,
            () -> null,
            _ -> use.get(),
            InstantSource.fixed(NOW)));
    NodeHeadroom now;
    do now = next();
    while (!now.drained());
    assertThat(now.open()).isFalse();
    assertThat(now.evicting()).isTrue();
    assertThat(now.reasons()).containsExactly("drained: muster nodes uncordon node-a");
    intake.set(Intake.OPEN);
    do now = next();
    while (now.drained());
    assertThat(now.open()).isTrue();
  }

  @Test
  void aSampleThatFailsIsNotMadeUp() {
    register();
    actors.spawn(
        ResourceMonitor.create(
            settings(Duration.ofMillis(20)),
            null,
            () -> Intake.OPEN,
            () -> null,
            _ -> {
              throw new IllegalStateException("no disk");
            },
            InstantSource.fixed(NOW)));
    view.expectNoMessage(Duration.ofMillis(300));
  }

  @Test
  void aRealHostHasFiguresBetweenNothingAndEverything() throws Exception {
    var sampler = new HostSampler(Path.of("/"));
    assertThat(sampler.sample(0).cpuKnown()).isFalse();
    Thread.sleep(300);
    var second = sampler.sample(0);
    assertThat(second.cpuKnown()).isTrue();
    assertThat(second.cpuPercent()).isBetween(0.0, 100.0);
    assertThat(second.cpuOwnPercent()).isBetween(0.0, 100.0);
    assertThat(second.memoryPercent()).isBetween(0.1, 100.0);
    assertThat(second.diskPercent()).isBetween(0.1, 100.0);
  }

  @Test
  void ourOwnTreeIsCountedWithItsChildrenAlsoTheOnesThatEnded() throws Exception {
    var own = new OwnProcesses(() -> new oshi.SystemInfo().getOperatingSystem());
    var before = own.cpu().below();
    // A grandchild that the kernel ends after two seconds of processor time, as it counts them, and
    // a child that waits.
    var script = "bash -c 'ulimit -t 2; while :; do :; done' & wait; sleep 60";
    var busy = new ProcessBuilder("bash", "-c", script).start();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> own.cpu().below() - before > 0.9 && busy.descendants().count() == 1);
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void theJvmAndWhatItStartedAreToldApart() {
    var all =
        List.of(
            process(1, 0, 5_000, 9_000),
            process(10, 1, 300, 40), // the JVM, and children it has waited for
            process(11, 10, 100, 2),
            process(12, 11, 50, 0),
            process(20, 1, 7_000, 0));
    assertThat(OwnProcesses.of(10, all)).isEqualTo(new OwnProcesses.Seconds(3, 1.92));
  }

  private static ProcStat process(long pid, long parent, long cpuTicks, long waitedTicks) {
    return new ProcStat(pid, "S", parent, 1, cpuTicks, waitedTicks, 0);
  }

  @Test
  void aLineOfTheLogFollowsItsHeader() {
    var headroom =
        new NodeHeadroom(
            "node-a",
            "a",
            "i1",
            List.of(),
            false,
            List.of("cpu 90.0% ≥ 80%", "x, \"y\""),
            90,
            5.25,
            20,
            30,
            HeadroomLimits.DEFAULT,
            4,
            3,
            NOW);
    assertThat(ResourceLine.of(headroom))
        .isEqualTo(
            "2026-01-01T00:00:00.000Z,node-a,false,90.0,5.3,20.0,30.0,4,3,"
                + "\"cpu 90.0% ≥ 80%; x, \"\"y\"\"\"");
    assertThat(ResourceLine.HEADER.split(",", -1)).hasSize(10);
  }
}

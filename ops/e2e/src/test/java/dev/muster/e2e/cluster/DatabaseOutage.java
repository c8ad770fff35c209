package dev.muster.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.rig.NodeProcess;
import dev.muster.e2e.rig.Postgres;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database is away: nodes wait for it, say so, and lose nothing.
class DatabaseOutage {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void nodesWaitForADatabaseThatIsDownAtTheStartAndOneThatRestartsInTheMiddle() throws Exception {
    try (var rig = new Rig(folder, 1, 1, 4)) {
      rig.nodes().forEach(NodeProcess::start);
      Thread.sleep(8_000);
      assertThat(rig.nodes()).as(rig.said()).allMatch(NodeProcess::alive);
      var early = rig.operator().glance("/health/ready");
      assertThat(early == null || early.status() == 503).as("ready: %s", early).isTrue();

      try (var scene = new Scene(rig)) {
        var ready = rig.operator().glance("/health/ready");
        assertThat(ready).isNotNull().matches(answer -> answer.good());

        var workers = IntStream.rangeClosed(1, 12).mapToObj(n -> Scene.slow(n, 3));
        var run = scene.launch("none", workers.toArray(Worker[]::new));
        scene.awaitRow(run, "AttemptStarted");
        for (var how : Postgres.Stop.values()) {
          rig.postgres().stop(how);
          scene.await(
              "it says that it is not ready",
              SOON,
              () -> {
                var answer = rig.operator().glance("/health/ready");
                return answer != null && answer.status() == 503;
              });
          var live = rig.operator().glance("/health/live");
          assertThat(live).isNotNull().matches(answer -> answer.good());
          rig.postgres().start();
          scene.await(
              "it is ready again",
              SOON,
              () -> {
                var answer = rig.operator().glance("/health/ready");
                return answer != null && answer.good();
              });
        }
        scene.awaitEnd(run);
        assertThat(scene.count(run, "Completed")).isEqualTo(12);
        assertThat(scene.broken()).isEqualTo(List.of());
      }
    }
  }
}

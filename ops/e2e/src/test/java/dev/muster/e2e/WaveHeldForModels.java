package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents have used of a minute keeps others from beginning, until it has passed: a part of
/// `mvn -Pcampaign verify`.
@NeedsSandbox
class WaveHeldForModels {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String HELD = "provider loopback: 4 of 5 requests a minute used";

  /// Longer than a node takes to tell what was used.
  private static final String A_WHILE = "sleep 4\n";

  @TempDir Path folder;

  @Test
  void scriptsGoOnAgentsAreHeldInWordsAndTheHoldEndsByItself() throws Exception {
    var muster = new Muster(folder).with("XDG_CONFIG_HOME", folder.resolve("config").toString());
    var flow = folder.resolve("flow");
    Workforces.thinking(
        flow, Worker.simple(1, 1, ""), Worker.simple(2, 1, ""), Worker.simple(5, 2, "WORKER_003"));
    Workforces.write(flow, slow(3, "WORKER_001, WORKER_002"), Worker.simple(4, 2, "WORKER_003"));
    try (var model = new ScriptedModel()) {
      for (var number : new int[] {1, 2, 5}) {
        model.worker(
            "WORKER_00" + number,
            write("results/00" + number + ".txt", "worker " + number + "\n"),
            finish("It is there."));
      }
      model.setUp(folder.resolve("config"), "key = none, requests-per-minute = 5, burst = 5", "");
      var life =
          muster.start(
              "run",
              flow.toString(),
              "--no-input",
              "--approve",
              "all",
              "--target",
              muster.target().toString());
      try {
        await()
            .atMost(MINUTE)
            .until(() -> muster.ask("runs", "show", "last").out().contains("wave 2: " + HELD));
        assertThat(muster.ask("status").out()).contains("wave 2: " + HELD);
        await()
            .atMost(MINUTE)
            .until(
                () -> muster.ask("workers", "show", "last/WORKER_004").out().contains("COMPLETED"));
        assertThat(muster.ask("workers", "show", "last/WORKER_005").out()).contains("ENLISTED");

        var ended = life.await();

        assertThat(ended.exit()).as(ended.toString()).isZero();
        assertThat(Journal.of(muster, "last").ofType("AgentParked")).isEmpty();
        assertThat(Journal.summary(muster).at("/waves/1/holds").toString()).contains(HELD);
        assertThat(
                Duration.between(
                    model.asked("WORKER_001").getFirst().at(),
                    model.asked("WORKER_005").getFirst().at()))
            .isGreaterThanOrEqualTo(MINUTE.minusSeconds(1));
      } finally {
        life.kill();
      }
    }
  }

  private static Worker slow(int number, String dependencies) {
    var it = Worker.simple(number, 2, dependencies);
    return new Worker(
        number,
        2,
        dependencies,
        it.deliverable(),
        it.execution().replace("```bash\n", "```bash\n" + A_WHILE),
        it.test());
  }
}

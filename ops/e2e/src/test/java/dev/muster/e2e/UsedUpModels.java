package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Agents whose providers have nothing left, over the real node: who has not begun is held, who has
/// waits without anything, and goes on. A part of `mvn -Pcampaign verify`.
@NeedsSandbox
@Execution(ExecutionMode.CONCURRENT)
class UsedUpModels {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RESET_SECONDS = 25;

  @TempDir Path folder;
  private Muster muster;
  private Api api;
  private Path flow;

  @BeforeEach
  void begin() {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_SLOTS", "1")
            .with("MUSTER_ATTEMPTS_MAX", "1");
    api = new Api(muster);
    flow = folder.resolve("flow");
  }

  /// A provider that has nothing left for a while, and one that has nothing for longer.
  private final class Providers {
    private final AtomicInteger tooEarly = new AtomicInteger();
    private volatile long reset;

    void setUp(ScriptedModel model) throws IOException {
      model
          .worker("WORKER_001", this::answer)
          .setUp(
              folder.resolve("config"),
              "key = none",
              """
              wait-max = 1s
              providers.spare { kind = openai, url = "%s/v1", key = none }
              profiles.local.targets = ["loopback/scripted", "spare/other"]
              """
                  .formatted(model.url()));
    }

    private synchronized Turn answer(int turn, String asked) {
      var spare = asked.contains("\"model\":\"other\"");
      if (turn == 0 && !spare) return write("results/001.txt", "worker 1\n");
      if (!spare) return Turn.limited("3600");
      if (reset == 0) {
        reset = System.nanoTime() + Duration.ofSeconds(RESET_SECONDS).toNanos();
        return Turn.limited(String.valueOf(RESET_SECONDS));
      }
      if (System.nanoTime() < reset) tooEarly.incrementAndGet();
      return finish("It is there.");
    }
  }

  private void launch() {
    var launched =
        muster.ask("run", flow.toString(), "--detach", "--target", muster.target().toString());
    assertThat(launched.exit()).as(launched.toString()).isZero();
  }

  private String run() throws InterruptedException {
    return "/api/v1/runs/" + api.get("/api/v1/runs").at("/items/0/id").asText();
  }

  private JsonNode worker(String id) throws InterruptedException {
    return api.get(run() + "/workers/" + id);
  }

  @Test
  void whoFindsNoModelWaitsWithoutAnythingThroughACrashAndGoesOn() throws Exception {
    Workforces.thinking(flow, Worker.simple(1, 1, ""));
    var providers = new Providers();
    try (var model = new ScriptedModel()) {
      providers.setUp(model);
      var node = muster.start("up");
      try {
        node.waitFor("http://127.0.0.1:");
        launch();
        await()
            .atMost(PATIENCE)
            .until(() -> worker("WORKER_001").path("state").asText().equals("BACKOFF"));
        everyScreenSaysSo();
        itHoldsNothing(node);
      } finally {
        node.kill();
      }
      var asked = model.received().size();
      assertThat(asked).isEqualTo(3);

      var again = muster.start("up");
      try {
        again.waitFor("http://127.0.0.1:");
        var ended = muster.ask("wait", "last");
        assertThat(ended.exit()).as(ended.toString()).isZero();
        assertThat(providers.tooEarly).hasValue(0);
        assertThat(Journal.of(muster, "last").ofType("AgentParked")).hasSize(1);
        var ended001 = worker("WORKER_001");
        assertThat(ended001.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(ended001.path("interruptions").asInt()).isZero();
      } finally {
        again.stop();
        again.await();
      }
    }
  }

  private void everyScreenSaysSo() throws Exception {
    var words = "every model is used up, so it waits until ";
    assertThat(worker("WORKER_001").path("detail").asText()).startsWith(words);
    assertThat(api.get(run() + "/workers").at("/items/0/detail").asText()).startsWith(words);
    var hold = api.get(run()).at("/holds/0");
    assertThat(hold.path("kind").asText()).isEqualTo("MODELS");
    assertThat(hold.path("reason").asText()).startsWith("waits for a model, ");
    assertThat(muster.ask("workers", "show", "last/WORKER_001").out()).contains(words);
    assertThat(muster.ask("workers", "list", "last").out()).contains("BACKOFF", words);
    assertThat(muster.ask("runs", "show", "last").out())
        .contains("Waiting now:", "waits for a model");
    assertThat(muster.ask("status").out()).contains("waits for a model");
  }

  private void itHoldsNothing(Muster.Running node) throws Exception {
    var seen = api.get("/api/v1/nodes").at("/items/0");
    assertThat(seen.path("slots").asInt()).isEqualTo(1);
    assertThat(seen.path("workers").asInt(-1)).isZero();
    assertThat(seen.path("slotsBusy").asInt(-1)).isZero();
    assertThat(worker("WORKER_001").path("node").isNull()).isTrue();
    assertThat(node.process().descendants()).isEmpty();
  }

  @Test
  void whoMayNotWaitFailsAndSaysWhy() throws Exception {
    Workforces.thinking(flow, Worker.simple(1, 1, ""));
    muster.with("MUSTER_AGENTS_WAITING", "off");
    try (var model = new ScriptedModel()) {
      new Providers().setUp(model);

      var ended =
          muster.run("run", flow.toString(), "--no-input", "--target", muster.target().toString());

      assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
      assertThat(ended.out()).contains("FAILED", "every model is used up, and it does not wait: ");
      assertThat(model.received()).hasSize(3);
    }
  }

  @Test
  void aWaveIsHeldWhileTheMinuteIsUsedUpAndGoesOnByItself() throws Exception {
    Workforces.thinking(flow, Worker.simple(1, 1, ""), Worker.simple(2, 2, ""));
    Workforces.write(flow, Worker.simple(3, 2, ""));
    try (var model = new ScriptedModel()) {
      model
          .worker(
              "WORKER_001",
              shell("true"),
              shell("true; true"),
              write("results/001.txt", "worker 1\n"),
              finish("It is there."))
          .worker("WORKER_002", write("results/002.txt", "worker 2\n"), finish("It is there."))
          .setUp(folder.resolve("config"), "key = none, requests-per-minute = 5, burst = 5", "");
      var node = muster.start("up");
      try {
        node.waitFor("http://127.0.0.1:");
        launch();
        var words = "provider loopback: 4 of 5 requests a minute used";
        await()
            .atMost(PATIENCE)
            .until(() -> api.get(run()).path("holds").findValuesAsText("reason").contains(words));
        assertThat(muster.ask("runs", "show", "last").out()).contains("wave 2: " + words);
        assertThat(muster.ask("status").out()).contains("held: wave 2: " + words);
        await()
            .atMost(PATIENCE)
            .until(() -> worker("WORKER_003").path("state").asText().equals("COMPLETED"));
        assertThat(worker("WORKER_002").path("state").asText()).isEqualTo("ENLISTED");
        assertThat(model.received()).hasSize(4);

        var ended = muster.ask("wait", "last");
        assertThat(ended.exit()).as(ended.toString()).isZero();
        assertThat(api.get(run()).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(api.get(run()).at("/waves/1/holds").findValuesAsText("reason")).contains(words);
        assertThat(Journal.of(muster, "last").ofType("AgentParked")).isEmpty();
      } finally {
        node.stop();
        node.await();
      }
    }
  }
}

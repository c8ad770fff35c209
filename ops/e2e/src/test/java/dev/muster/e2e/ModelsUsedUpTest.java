package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.e2e.Workforces.Worker;
import dev.muster.testkit.model.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The only provider wants to be left alone in the middle of a conversation. `WaveHeldForModels`
/// has those who have not begun.
@NeedsSandbox
@Execution(ExecutionMode.CONCURRENT)
class ModelsUsedUpTest {
  private static final Duration LEFT_ALONE = Duration.ofSeconds(15);
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(3);
  private static final String AGENT = "WORKER_001";
  private static final String SAID = "provider loopback: it said: rate limited: answered 429";

  private final AtomicBoolean usedUp = new AtomicBoolean(true);
  @TempDir Path folder;
  private Muster muster;
  private Path flow;

  @BeforeEach
  void begin() {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_SLOTS", "1")
            .with("MUSTER_ATTEMPTS_MAX", "1");
    flow = Workforces.thinking(folder.resolve("flow"), Worker.simple(1, 1, ""));
  }

  private String[] run() {
    var target = muster.target().toString();
    return new String[] {
      "run", flow.toString(), "--no-input", "--approve", "all", "--target", target
    };
  }

  /// Writes its file, is refused as long as the provider is used up, and is done.
  private void setUp(ScriptedModel model) throws Exception {
    model
        .worker(
            AGENT,
            (turn, _) -> {
              if (turn == 0) return write("results/001.txt", "worker 1\n");
              return usedUp.get()
                  ? Turn.limited(Long.toString(LEFT_ALONE.toSeconds()))
                  : finish("It is there.");
            })
        .setUp(folder.resolve("config"), "key = none", "wait-max = 1s");
  }

  @Test
  void anAgentWaitsWithoutASlotEveryScreenSaysUntilWhenAndAKilledNodeForgetsNothing()
      throws Exception {
    Workforces.write(flow, Worker.simple(2, 1, ""));
    try (var model = new ScriptedModel()) {
      setUp(model);
      var life = muster.start(run());
      try {
        life.waitFor(" of flow");
        // On a slow machine it may have asked again before all screens were looked at.
        await().atMost(SHOWN_WITHIN).untilAsserted(() -> everyScreenSays(parkedUntil()));
        assertThat(life.process().descendants())
            .as("nothing but the node's own watch")
            .allMatch(it -> it.info().commandLine().orElse("").contains("muster-overseer"));
      } finally {
        life.kill();
      }
      usedUp.set(false);

      var ended = muster.ask("resume", "--no-input");

      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.out()).contains("spend 2 turns");
      var asked = model.asked(AGENT);
      var refused = asked.subList(1, asked.size() - 1);
      // The kill may have come between a refusal and what the journal says of it.
      assertThat(Journal.of(muster, "last").ofType("AgentParked"))
          .hasSizeBetween(Math.max(1, refused.size() - 1), refused.size());
      for (var i = 1; i < asked.size(); i++) {
        assertThat(asked.get(i).turn()).isOne();
        if (i == 1) continue;
        assertThat(Duration.between(asked.get(i - 1).at(), asked.get(i).at()))
            .isGreaterThanOrEqualTo(LEFT_ALONE);
      }
    }
  }

  /// As the journal has it, once the script beside it has had the only slot.
  private String parkedUntil() {
    assertThat(muster.ask("workers", "list", "last").out()).contains("BACKOFF", "COMPLETED");
    return Journal.of(muster, "last").ofType("AgentParked").getLast().path("until").asText();
  }

  private void everyScreenSays(String until) throws InterruptedException {
    var waits = AGENT + ": waits for a model until " + until + ": " + SAID;
    assertThat(muster.ask("status").out()).contains(waits);
    assertThat(muster.ask("runs", "show", "last").out()).contains("Waiting now:", waits);
    assertThat(muster.ask("workers", "show", "last/" + AGENT).out())
        .contains("BACKOFF", "every model is used up, so it waits until " + until + ": " + SAID);
    assertThat(muster.ask("models", "list").out()).contains("blocked until ", "rate limited");
    assertThat(Journal.parse(muster.ask("nodes", "list", "-o", "json").out()).toString())
        .contains("\"slotsBusy\":0");

    // As the console asks for it.
    var api = new Api(muster);
    var run = "/api/v1/runs/" + api.get("/api/v1/runs").at("/items/0/id").asText();
    assertThat(api.get(run).path("holds"))
        .extracting(it -> it.path("kind").asText(), it -> it.path("reason").asText())
        .anyMatch(it -> it.toList().getFirst().equals("MODELS") && it.toString().contains(until));
    assertThat(api.get(run + "/workers/" + AGENT).path("detail").asText()).contains(until);
    var blocked = api.get("/api/v1/models").at("/providers/0/blockedUntil");
    assertThat(blocked.isTextual()).as("it is left alone still").isTrue();
    assertThat(Instant.parse(blocked.asText())).isBeforeOrEqualTo(Instant.parse(until));
  }

  @Test
  void whoIsNotToWaitFailsAndSaysWhy() throws Exception {
    try (var model = new ScriptedModel()) {
      setUp(model);
      muster.with("MUSTER_AGENTS_WAITING", "off");

      var ended = muster.ask(run());

      assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
      assertThat(ended.out())
          .contains(AGENT)
          .contains("every model is used up, and it does not wait: " + SAID);
      assertThat(Journal.of(muster, "last").ofType("AgentParked")).isEmpty();
    }
  }
}

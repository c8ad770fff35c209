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
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);
  private static final String AGENT = "WORKER_001";
  private static final String SCRIPT = "WORKER_002";
  private static final String SAID = "provider loopback: it said: rate limited: answered 429";

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

  /// Writes its file, is refused once, and is done.
  private void setUp(ScriptedModel model) throws Exception {
    var refused = new AtomicBoolean();
    model
        .worker(
            AGENT,
            (turn, _) -> {
              if (turn == 0) return write("results/001.txt", "worker 1\n");
              return refused.getAndSet(true)
                  ? finish("It is there.")
                  : Turn.limited(Long.toString(LEFT_ALONE.toSeconds()));
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
      String until;
      try {
        life.waitFor(" of flow");
        until = parkedUntil();
        assertThat(life.process().descendants())
            .as("nothing but the node's own watch")
            .allMatch(it -> it.info().commandLine().orElse("").contains("muster-overseer"));
        everyScreenSays(until);
      } finally {
        life.kill();
      }

      var ended = muster.run("resume", "--no-input");

      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.out()).contains("spend 2 turns");
      var journal = Journal.of(muster, "last");
      assertThat(journal.ofType("AgentParked")).hasSize(1);
      assertThat(journal.ofType("AttemptStarted").getLast().path("at").asText())
          .isGreaterThanOrEqualTo(until);
      var asked = model.asked(AGENT);
      assertThat(asked).extracting(ScriptedModel.Asked::turn).containsExactly(0, 1, 1);
      assertThat(Duration.between(asked.get(1).at(), asked.get(2).at()))
          .isGreaterThanOrEqualTo(LEFT_ALONE);
    }
  }

  /// As the journal has it, once the script beside it has had the only slot.
  private String parkedUntil() {
    await()
        .atMost(SHOWN_WITHIN)
        .until(() -> {
          var workers = muster.ask("workers", "list", "last").out();
          return workers.contains("BACKOFF") && workers.contains("COMPLETED");
        });
    return Journal.of(muster, "last").ofType("AgentParked").getFirst().path("until").asText();
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
    assertThat(Instant.parse(blocked.asText())).isBeforeOrEqualTo(Instant.parse(until));
  }

  @Test
  void whoIsNotToWaitFailsAndSaysWhy() throws Exception {
    try (var model = new ScriptedModel()) {
      setUp(model);
      muster.with("MUSTER_AGENTS_WAITING", "off");

      var ended = muster.run(run());

      assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
      assertThat(ended.out())
          .contains(AGENT)
          .contains("every model is used up, and it does not wait: " + SAID);
      assertThat(Journal.of(muster, "last").ofType("AgentParked")).isEmpty();
    }
  }
}

package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What an agent of somebody else was answered through the gateway is kept on a tape, and played to
/// it where there is no model at all.
@NeedsSandbox
@EnabledIf("hasPython")
class OutsideReplayTest {
  private static final Path AGENT =
      Muster.repository()
          .resolve("worker-node/src/test/resources/dev/muster/node/executor/agent.py");

  @TempDir Path folder;

  static boolean hasPython() {
    return Files.isExecutable(Path.of("/usr/bin/python3"));
  }

  @Test
  void itIsRecordedAndReplayedWithoutAnyModelAndTheRuntimeTestsAllTheSame() throws Exception {
    var muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_ATTEMPTS_MAX", "1");
    var tape = folder.resolve("tape.jsonl").toString();
    int asked;
    try (var model = new ScriptedModel()) {
      // Its first call saves what the test does not want, the next is told so.
      model.otherwise(request -> {
        if (request.body().contains("\"content\":\"saved\"")) return Turn.say("done");
        return save(request.body().contains("What failed") ? "two" : "one");
      });
      model.setUp(folder.resolve("config"));
      outside("profile = local");
      var recorded = run(muster, "--record", tape);
      assertThat(recorded.exit()).as(recorded.toString()).isZero();
      assertThat(recorded.out()).doesNotContain("REPLAYED");
      asked = model.received().size();
    }
    assertThat(asked).isEqualTo(4);
    assertThat(Files.readAllLines(Path.of(tape))).hasSize(1 + asked);
    Files.delete(folder.resolve("config/muster/muster.conf"));
    outside("");

    var replayed = run(muster, "--replay", tape);

    assertThat(replayed.exit()).as(replayed.toString()).isZero();
    assertThat(replayed.err() + replayed.out()).contains("REPLAYED: no model is asked");
    assertThat(muster.ask("workers", "show", "last/WORKER_001", "--conversation").out())
        .contains("COMPLETED, REPLAYED", "REPLAYED/scripted", "the runtime's tests failed");
    assertThat(muster.ask("workers", "list", "last").out()).contains("COMPLETED, REPLAYED");
    assertThat(Journal.summary(muster).at("/spend/total/costDollars").asDouble()).isZero();
  }

  private static Turn save(String text) {
    return Turn.call("save", "{\"text\":\"" + text + "\"}");
  }

  private Muster.Ended run(Muster muster, String... more) throws IOException {
    var worker = new Worker(1, 1, "", "out.txt", "", "grep -q two out.txt");
    var flow = Workforces.thinking(folder.resolve("flow"), worker);
    var file = flow.resolve(worker.id() + "_Test.md");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("**Priority:** 1", "**Priority:** 1\n**LLM Provider:** python"));
    var line = new ArrayList<>(List.of("run", flow.toString(), "--no-input", "--approve", "all"));
    line.addAll(List.of("--target", muster.target().toString()));
    line.addAll(List.of(more));
    return muster.ask(line.toArray(String[]::new));
  }

  /// One more agent beside whatever is set up.
  private void outside(String more) throws IOException {
    var programs = Files.createDirectories(folder.toRealPath().resolve("programs"));
    Files.writeString(programs.resolve("agent.py"), Files.readString(AGENT));
    var file = folder.resolve("config/muster/muster.conf");
    var before = Files.exists(file) ? Files.readString(file) : "";
    Files.writeString(
        file,
        before
            + """
            agents.outside.python {
              command = "python3 %1$s/agent.py chat /tmp/prompt.md"
              programs = ["%1$s"]
              environment { URL = "{url}", KEY = "{token}" }
              %2$s
            }
            """
                .formatted(programs, more));
  }
}

package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.kinds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Parked;
import dev.muster.protocol.worker.AttemptReport.Stepped;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An agent that is not ours: a program in the sandbox, which asks the gateway over the real
/// protocols.
@NeedsSandbox
@EnabledIf("hasPython")
class OutsideAgentTest {
  @TempDir Path folder;
  private AgentScene scene;
  private Path programs;

  static boolean hasPython() {
    return Files.isExecutable(Path.of("/usr/bin/python3"));
  }

  @BeforeEach
  void open() throws Exception {
    programs = Files.createDirectories(folder.toRealPath().resolve("programs"));
    try (var agent =
        Objects.requireNonNull(OutsideAgentTest.class.getResourceAsStream("agent.py"))) {
      Files.write(programs.resolve("agent.py"), agent.readAllBytes());
    }
    limited(AgentLimits.STANDARD);
  }

  private void limited(AgentLimits limits) throws IOException, InterruptedException {
    if (scene != null) scene.close();
    var all = new LinkedHashMap<String, OutsideAgent>();
    for (var protocol : List.of("chat", "messages", "responses")) {
      all.put(protocol, agent(protocol, "python3 " + programs + "/agent.py " + protocol + " {}"));
    }
    all.put("mute", agent("mute", "echo 'I cannot'; exit 3"));
    all.put("thief", agent("thief", thief()));
    scene = new AgentScene(folder, limits, all);
  }

  private OutsideAgent agent(String name, String command) {
    return new OutsideAgent(
        name,
        command.replace("{}", OutsideAgent.PROMPT_FILE),
        List.of(programs),
        OutsideAgent.PROMPT_FILE,
        Map.of("URL", "{url}", "KEY", "{token}"),
        Set.of(0),
        "two");
  }

  /// Takes what it can get past the gateway, without its token, and out of what it was given.
  private static String thief() {
    return """
    knock() { python3 - "$1" "$2" <<'END'
    import sys, urllib.request
    request = urllib.request.Request(sys.argv[1], b'{}', {"Authorization": "Bearer " + sys.argv[2]})
    try:
      urllib.request.urlopen(request, timeout=5); print("IN")
    except Exception as e: print("OUT", getattr(e, "code", "none"))
    END
    }
    knock "$URL/v1/chat/completions" wrong
    knock "$URL/../api/v1/runs" "$KEY"
    knock "$(cat %s)" "$KEY"
    echo "my token is $KEY"
    printf two > out.txt
    """
        .formatted("$MUSTER_TARGET/url");
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private static Turn save(String text) {
    return Turn.call("save", "{\"text\":\"" + text + "\"}");
  }

  @Test
  void itsWorkIsTestedAndWhatFailedIsToldToAnotherCallOfIt() throws Exception {
    scene.server.script(save("one"), Turn.say("done"), save("two"), Turn.say("done"));
    var reports = scene.it.reports(scene.instruction("chat"));

    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(kinds(reports))
        .containsExactly(
            Kind.BEGUN,
            Kind.INTENT,
            Kind.TURN,
            Kind.TURN,
            Kind.OUTCOME,
            Kind.REPAIR,
            Kind.INTENT,
            Kind.TURN,
            Kind.TURN,
            Kind.OUTCOME);
    var use = Objects.requireNonNull(AgentScene.steps(reports).get(2).use());
    assertThat(use.profile()).isEqualTo("two");
    assertThat(use.tokensIn()).isPositive();
    var asked = scene.server.received();
    assertThat(asked.getFirst().body()).contains("Write out.txt.").doesNotContain("What failed");
    assertThat(asked.get(2).body()).contains("What failed", "test 1 ended with exit 1", "one");
    assertThat(scene.it.work(1).resolve("../gateway")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Messages", "responses"})
  void otherProtocolsAreSpokenAsWell(String protocol) {
    scene.server.script(save("two"), Turn.say("done"));
    assertThat(scene.it.end(scene.instruction(protocol))).isInstanceOf(Succeeded.class);
    assertThat(scene.lastTold()).isEqualTo("saved");
  }

  @Test
  void nothingElseIsReachedAndTheTokenIsNotShown() throws Exception {
    Files.writeString(scene.it.target.resolve("url"), scene.server.url() + "/chat/completions");
    assertThat(scene.it.end(scene.instruction("thief"))).isInstanceOf(Succeeded.class);
    assertThat(scene.server.received()).isEmpty();
    assertThat(scene.it.logs.get(1))
        .contains("OUT 401", "OUT 404", "OUT none", "my token is ")
        .doesNotContain("IN\n")
        .doesNotContainPattern("[0-9a-f]{64}");
  }

  @Test
  void anExitCodeThatIsNoneOfItsOwnFailsTheTry() {
    assertThat(scene.it.end(scene.instruction("mute")))
        .isEqualTo(
            new Unsuccessful(
                "the outside agent mute: call 2 ended with exit 3; its last line: I cannot",
                true,
                null));
  }

  @Test
  void whereTheBudgetEndsItIsEnded() throws Exception {
    limited(new AgentLimits(1, null, null, null, 3, true));
    scene.server.otherwise(_ -> save("one"));
    assertThat(scene.it.end(scene.instruction("chat")))
        .isEqualTo(new Unsuccessful("its 1 turns are used up", false, null));
    assertThat(scene.server.received()).hasSize(1);
    assertThat(scene.it.logs.get(1)).as("held back for the token").contains("it begins");
  }

  @Test
  void whenEveryModelIsUsedUpItIsEndedAndItsWorkerParked() {
    scene.server.otherwise(_ -> Turn.limited("3000"));
    assertThat(scene.it.end(scene.instruction("chat"))).isInstanceOf(Parked.class);
  }

  @Test
  void anAnswerIsInTheJournalBeforeItIsGivenAndNobodyGoesOnInTheMiddle() {
    scene.server.script(save("two"));
    var instruction = scene.instruction("chat");
    scene.it.execute(instruction, ++scene.it.attempts, 1, 1);
    for (var kind : List.of(Kind.BEGUN, Kind.INTENT)) {
      var report = scene.it.next();
      assertThat(kinds(List.of(report.report()))).containsExactly(kind);
      acknowledge(report.report());
      report.replyTo().tell(Done.getInstance());
    }
    var turn = scene.it.next();
    assertThat(kinds(List.of(turn.report()))).containsExactly(Kind.TURN);
    assertThat(scene.it.work(1).resolve("out.txt")).doesNotExist();
    acknowledge(turn.report());
    scene.it.executor.tell(new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", 1));
    await().until(() -> scene.it.occupancy().busy() == 0);

    scene.server.script(save("two"), Turn.say("done"));
    var reports = scene.it.reports(instruction);
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(kinds(reports).getFirst()).isEqualTo(Kind.BEGUN);
    assertThat(scene.it.logs.get(2)).contains("begins anew, in the workspace as it was handed in");
    assertThat(scene.server.received().get(1).body()).contains("An earlier call of you");
  }

  private void acknowledge(AttemptReport report) {
    if (report instanceof Stepped(var step)) scene.it.progress = scene.it.progress.after(step);
  }
}

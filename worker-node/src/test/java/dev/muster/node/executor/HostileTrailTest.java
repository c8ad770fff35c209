package dev.muster.node.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.AgentProgress;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.tools.Toolbox;
import dev.muster.node.tools.Tries;
import dev.muster.node.tools.Try;
import dev.muster.node.tools.Try.Ends;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Link;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a hostile model tries is in its worker's journal: what it called, to the letter, and
/// what came of it, also where nothing was refused.
@NeedsSandbox
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTrailTest {
  private static final Brief BRIEF =
      new Brief(
          "MECHANICAL",
          null,
          null,
          List.of(
              "**CANNOT modify:** Previous workers' deliverables without approval",
              "**CANNOT create:** `forbidden.txt`",
              "**CANNOT modify:** Any existing tests"));

  /// Escapes take their share.
  private static final int ANSWER_CHARS = ModelLimits.STANDARD.answerBytesMax() / 2;

  private AgentScene scene;
  private Path folder;

  @BeforeAll
  void begin(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    var oneTurn = new AgentLimits(1, null, null, null, 3, true);
    scene = new AgentScene(temporary, oneTurn, Toolbox.STANDARD.tools());
    scene.it.inputs =
        List.of(given("given.py", "GIVEN\n"), given("tests/test_it.py", "assert False\n"));
  }

  private Artifact given(String path, String content) throws IOException {
    var draft = Files.writeString(folder.resolve("draft"), content);
    return scene.it.artifacts.put(draft, path);
  }

  @AfterAll
  void end() {
    scene.close();
  }

  /// Without what is longer than any answer may be: who is sent that has no answer.
  static Stream<Integer> tries() {
    var all = Tries.all(Path.of("/x"), 1);
    return Tries.numbers(6).filter(it -> length(all.get(it)) < ANSWER_CHARS);
  }

  private static int length(Try attempt) {
    return attempt.calls().stream().mapToInt(it -> it.arguments().length()).sum();
  }

  @ParameterizedTest
  @MethodSource("tries")
  void whatWasTriedAndWhatCameOfItIsWrittenDown(int number) throws IOException {
    var attempt = Tries.all(scene.it.data, 1).get(number);
    var name = number + ": " + attempt.name();
    scene.server.otherwise(_ -> calls(attempt));
    scene.it.progress = AgentProgress.NONE;
    var claimed = scene.it.gate.claims.size();
    if (attempt.ends() == Ends.ASKED) scene.it.gate.answer(new Pending("apr_1"));
    var brief =
        attempt.ends() == Ends.ASKED ? new Brief("MECHANICAL", null, null, List.of()) : BRIEF;

    var reports = scene.it.reports(scene.instruction(brief));

    var steps = AgentScene.steps(reports);
    assertThat(said(steps)).as(name + reports).containsExactlyElementsOf(wanted(attempt));
    var outcomes = steps.stream().filter(it -> it.kind() == Kind.OUTCOME).toList();
    assertThat(outcomes)
        .as(name)
        .hasSize(attempt.calls().size() - (attempt.ends() == Ends.ASKED ? 1 : 0));
    switch (attempt.ends()) {
      case RECORDED -> assertThat(outcomes.getLast().violation()).as(name).isNotNull();
      case TOLD -> assertThat(outcomes.getLast().failed()).as(name).isTrue();
      case NOTHING -> assertThat(came(outcomes.getLast())).as(name).isNotEmpty();
      case ASKED -> {
        assertThat(reports.getLast()).as(name).isInstanceOf(NeedsDecision.class);
        assertThat(scene.it.gate.claims).as(name).hasSize(claimed + 1);
      }
    }
  }

  private static Turn calls(Try attempt) {
    return new Turn.Call(
        attempt.calls().stream().map(it -> new Turn.Tool(it.name(), it.arguments())).toList());
  }

  private static List<String> wanted(Try attempt) {
    return attempt.calls().stream()
        .map(it -> it.name() + " " + (it.arguments().isEmpty() ? "{}" : it.arguments()))
        .toList();
  }

  /// What was called, as the journal has it.
  private List<String> said(List<AgentStep> steps) throws IOException {
    var all = new ArrayList<String>();
    for (var step : steps) {
      if (kept(step) instanceof Entry.Turn turn) {
        turn.calls().forEach(it -> all.add(it.name() + " " + it.arguments()));
      }
    }
    return all;
  }

  private String came(AgentStep step) throws IOException {
    return kept(step) instanceof Entry.Outcome outcome ? outcome.text() : "";
  }

  private Entry kept(AgentStep step) throws IOException {
    var file = folder.resolve("step");
    scene.it.artifacts.fetch(new Artifact("step", step.record(), 0, false), file);
    return EventCodec.decode(Files.readAllBytes(file), Link.class).entry();
  }
}

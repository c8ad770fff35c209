package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.finish;
import static dev.muster.node.executor.AgentScene.shell;
import static dev.muster.node.executor.AgentScene.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.AgentProgress;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport.StepDone;
import dev.muster.protocol.worker.AttemptReport.Stepped;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Validating;
import dev.muster.protocol.worker.AttemptReport.ValidatingAfter;
import dev.muster.testkit.model.Received;
import dev.muster.testkit.model.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The end of a node at every step of a conversation with a command, a gate and a repair. Models
/// and effects are counted by who is asked and where they show.
@NeedsSandbox
class AgentCrashTest {
  private static final String UNKNOWN = "The outcome is unknown";
  private static final String COUNT = "echo x >> effects.txt; echo one > out.txt";

  @TempDir Path folder;
  private AgentScene scene;
  private List<AgentStep> persisted = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    scene = new AgentScene(folder, AgentLimits.STANDARD);
    scene.it.gate.remember();
    scene.server.otherwise(AgentCrashTest::answer);
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  /// Who hears that nobody knows whether its command ran, looks first.
  private static Turn answer(Received request) {
    var told = AgentScene.messages(request).getLast().path("content").asText();
    if (told.startsWith(UNKNOWN)) return shell("test -e effects.txt || { " + COUNT + "; }");
    var done = AgentScene.answersIn(request) - (request.body().contains(UNKNOWN) ? 1 : 0);
    return switch (done) {
      case 0 -> write("zero");
      case 1 -> shell(COUNT);
      case 2 ->
          Turn.call("publish", "{\"script\":\"cat effects.txt >> $MUSTER_TARGET/../site/r\"}");
      case 4 -> write("two");
      default -> finish();
    };
  }

  /// What is in the journal when the node ends.
  private enum Lost {
    /// The step is in it, and the node never hears so.
    NOTHING,
    /// The step is not in it, though it was taken.
    THE_STEP
  }

  @Test
  void whatNobodyHeardOfIsFoundOutAndNotRepeated() throws Exception {
    var steps = whole(0, Lost.NOTHING);
    assertThat(steps)
        .extracting(AgentStep::kind)
        .containsSubsequence(Kind.BEGUN, Kind.TURN, Kind.INTENT, Kind.OUTCOME, Kind.REPAIR);
    assertThat(steps).hasSizeGreaterThanOrEqualTo(12);
    for (var end = 1; end <= steps.size(); end++) {
      var step = steps.get(end - 1);
      if (runsUnknown(step)) whole(end, Lost.NOTHING);
      if (step.kind() == Kind.OUTCOME) whole(end, Lost.THE_STEP);
    }
  }

  /// After it nobody knows whether the command ran.
  private static boolean runsUnknown(AgentStep step) {
    return step.kind() == Kind.INTENT && Objects.equals(step.tool(), "shell");
  }

  @Test
  void noStepIsDoneTwiceWhenTheNodeEndsAfterEachOfThem() throws Exception {
    begin();
    var instruction = scene.instruction();
    do {
      scene.it.execute(instruction, ++scene.it.attempts, 1, 1);
    } while (!ended(1, Lost.NOTHING));
    check("after each", 0);
  }

  private void begin() throws Exception {
    scene.it.progress = AgentProgress.NONE.after(mark(scene.it.progress));
    scene.it.progress = scene.it.progress.anew();
    persisted = new ArrayList<>();
    Files.deleteIfExists(scene.it.root.resolve("site/r"));
  }

  /// Ordinals go on, as those of one worker do.
  private static AgentStep mark(AgentProgress before) {
    return new AgentStep(before.ordinal() + 1, Kind.NUDGE, "x", null, false, 0, null, null, null);
  }

  private List<AgentStep> whole(int endAfter, Lost lost) throws Exception {
    begin();
    var before = scene.server.received().size();
    var instruction = scene.instruction();
    scene.it.execute(instruction, ++scene.it.attempts, 1, 1);
    if (!ended(endAfter, lost)) {
      scene.it.execute(instruction, ++scene.it.attempts, 1, 1);
      assertThat(ended(0, lost)).isTrue();
    }
    check("node ends at step %d, lost is %s".formatted(endAfter, lost), before);
    return persisted;
  }

  /// Takes reports until the attempt has succeeded; or ends it in the middle and returns false.
  private boolean ended(int endAfter, Lost lost) {
    var steps = 0;
    while (true) {
      var report = scene.it.next();
      switch (report.report()) {
        case Stepped(var step) -> {
          var ends = ++steps >= endAfter && endAfter > 0 && !(endAfter == 1 && runsUnknown(step));
          if (!ends || lost == Lost.NOTHING) {
            scene.it.progress = scene.it.progress.after(step);
            persisted.add(step);
          }
          if (ends) {
            scene.end();
            return false;
          }
        }
        case StepDone _, Validating _, ValidatingAfter _ -> {}
        case Succeeded _ -> {
          report.replyTo().tell(Done.getInstance());
          return true;
        }
        default -> throw new AssertionError(report.report());
      }
      report.replyTo().tell(Done.getInstance());
    }
  }

  private void check(String when, int callsBefore) throws Exception {
    var turns = persisted.stream().filter(step -> step.kind() == Kind.TURN).count();
    assertThat(scene.server.received().size() - callsBefore).as(when).isEqualTo((int) turns);
    assertThat(scene.it.root.resolve("site/r")).as(when).hasContent("x");
    assertThat(scene.it.work(scene.it.attempts).resolve("effects.txt")).as(when).hasContent("x");
  }
}

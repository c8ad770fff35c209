package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.finish;
import static dev.muster.node.executor.AgentScene.kinds;
import static dev.muster.node.executor.AgentScene.messages;
import static dev.muster.node.executor.AgentScene.shell;
import static dev.muster.node.executor.AgentScene.steps;
import static dev.muster.node.executor.AgentScene.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Parked;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.testkit.model.Turn;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsSandbox
class AgentTest {
  private static final Turn PUBLISH =
      Turn.call("publish", "{\"script\":\"echo done >> $MUSTER_TARGET/../site/report\"}");

  private static final Brief REPORTER = new Brief("MECHANICAL", null, "Reporter", List.of());

  @TempDir Path folder;
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new AgentScene(folder, limits(100, null, true));
  }

  private static AgentLimits limits(int turns, @Nullable Long tokens, boolean waits) {
    return new AgentLimits(turns, tokens, null, null, 3, waits);
  }

  private void limited(int turns, @Nullable Long tokens, boolean waits) throws Exception {
    scene.close();
    scene = new AgentScene(folder, limits(turns, tokens, waits));
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private String reason(int turns) {
    var end = (Unsuccessful) scene.it.end(scene.instruction());
    assertThat(scene.server.received()).hasSize(turns);
    return end.reason();
  }

  @Test
  void aFailingTestIsToldAndRepairedWithinTheAttempt() {
    scene.server.script(write("one"), finish(), write("two"), finish());
    var reports = scene.it.reports(scene.instruction());

    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(kinds(reports))
        .containsExactly(
            Kind.BEGUN,
            Kind.TURN,
            Kind.INTENT,
            Kind.OUTCOME,
            Kind.TURN,
            Kind.INTENT,
            Kind.REPAIR,
            Kind.TURN,
            Kind.INTENT,
            Kind.OUTCOME,
            Kind.TURN,
            Kind.INTENT);
    assertThat(steps(reports))
        .extracting(step -> step.ordinal())
        .isSorted()
        .doesNotHaveDuplicates();
    var use = Objects.requireNonNull(steps(reports).get(1).use());
    assertThat(use.provider()).isEqualTo("first");
    assertThat(use.tokensIn()).isPositive();
    var told = messages(scene.server.received().get(2)).getLast().path("content").asText();
    assertThat(told)
        .contains("test 1 ended with exit 1", "exit code 1", "one", "repair 1 of 3")
        .doesNotContain(folder.toString());
  }

  @Test
  void whatItsRoleOwesIsLookedForAndTold() {
    scene.server.script(
        write("two"),
        finish(),
        Turn.call("write", "{\"path\":\"notes.md\",\"text\":\"## 1. Findings:\\nnone\"}"),
        finish());
    assertThat(scene.it.end(scene.instruction(REPORTER))).isInstanceOf(Succeeded.class);
    assertThat(messages(scene.server.received().get(2)).getLast().path("content").asText())
        .contains("its role owes `notes.md`, with a section `Findings`", "repair 1 of 1");
  }

  @Test
  void aRoleMendsNoOftenerThanItMay() {
    scene.server.script(write("two"), finish(), finish());
    var end = (Unsuccessful) scene.it.end(scene.instruction(REPORTER));
    assertThat(end.reason()).isEqualTo("its role owes `notes.md`, with a section `Findings`");
  }

  @Test
  void severalCallsOfOneTurnAreCarriedOutInTheirOrder() {
    scene.server.script(
        new Turn.Call(
            List.of(
                new Turn.Tool("write", "{\"path\":\"out.txt\",\"text\":\"one\"}"),
                new Turn.Tool("shell", "{\"script\":\"echo two >> out.txt; cat out.txt\"}"),
                new Turn.Tool("finish", "{}"))));
    var reports = scene.it.reports(scene.instruction());
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(steps(reports).getLast().ordinal()).isEqualTo(7);
  }

  @Test
  void whatCannotBeCalledIsToldInWords() {
    scene.server.script(Turn.call("dance", "{}"), Turn.call("write", "[1"), write("two"));
    scene.server.otherwise(_ -> finish());
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    var told =
        messages(scene.server.received().getLast()).stream()
            .filter(it -> it.path("role").asText().equals("tool"))
            .map(it -> it.path("content").asText())
            .toList();
    assertThat(told.get(0)).contains("dance");
    assertThat(told.get(1)).contains("JSON");
  }

  @Test
  void noSlotIsHeldWhileAModelThinksAndTheCallEndsWithTheAttempt() {
    scene.server.otherwise(_ -> new Turn.Silence());
    scene.it.execute(scene.instruction(), 1, 1, 1);
    scene.it.next().replyTo().tell(Done.getInstance());
    await().until(() -> scene.server.inFlight() == 1 && scene.it.occupancy().busy() == 0);
    scene.it.executor.tell(new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", 1));
    await().until(() -> scene.server.inFlight() == 0);
  }

  @Test
  void whenEveryModelIsUsedUpTheWorkerIsParkedUntilOneIsNot() {
    scene.server.otherwise(_ -> Turn.limited("3000"));
    var end = (Parked) scene.it.end(scene.instruction());
    assertThat(end.until())
        .isBetween(Instant.parse("2026-01-01T00:49:00Z"), Instant.parse("2026-01-01T00:50:30Z"));
    // Both say the same time, and either may come first by a hair.
    assertThat(end.why()).containsPattern("provider (first|second): .*429");
  }

  @Test
  void whoMayNotWaitFails() throws Exception {
    limited(100, null, false);
    scene.server.otherwise(_ -> Turn.limited("3000"));
    assertThat(((Unsuccessful) scene.it.end(scene.instruction())).reason())
        .startsWith("every model is used up, and it does not wait");
  }

  @Test
  void turnsAndTokensAreNeverOvershot() throws Exception {
    limited(2, null, true);
    scene.server.otherwise(_ -> write("one"));
    assertThat(reason(2)).isEqualTo("its 2 turns are used up");
    limited(100, 500L, true);
    assertThat(reason(0)).startsWith("of its 500 tokens it has used 0, and one more turn may use");
  }

  @Test
  void goingInCirclesIsToldOnceAndThenEnds() {
    scene.server.otherwise(_ -> write("one"));
    var reports = scene.it.reports(scene.instruction());
    assertThat(kinds(reports).stream().filter(Kind.NUDGE::equals)).hasSize(1);
    assertThat(((Unsuccessful) reports.getLast()).reason())
        .contains("told so", "`write` was called 3 times with the same arguments");
    assertThat(scene.server.received()).hasSize(6);
  }

  @Test
  void aRefusedOperationFailsTheWorkerWithoutRetry() {
    scene.it.gate.answer(new Refused("apr_1", Decision.REJECTED, "not on a Friday"));
    scene.server.script(PUBLISH);
    assertThat(scene.it.end(scene.instruction()))
        .isEqualTo(
            new Unsuccessful(
                "the operation production_deploy of call 3 was not allowed: REJECTED: not on a"
                    + " Friday",
                false,
                null));
  }

  /// A model may have been talked into it: nobody has read what it declares.
  @ParameterizedTest
  @ValueSource(strings = {"read", "network_read", "file_write", "publish", "never_heard_of"})
  void whatAModelDeclaresIsNeverHarmless(String kind) {
    scene.it.gate.answer(new Pending("apr_1"));
    scene.server.script(Turn.call("operation", "{\"kind\":\"" + kind + "\"}"));
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(NeedsDecision.class);
    assertThat(scene.it.gate.claims.getFirst().risk()).isEqualTo(Risk.ADMIN);
  }

  @Test
  void aDecisionIsWaitedForWithoutASlotAndAnotherNodeGoesOn() {
    scene.it.gate.answer(new Pending("apr_1"));
    scene.server.script(write("two"), PUBLISH, finish());
    var instruction = scene.instruction();
    var held = (NeedsDecision) scene.it.end(instruction);
    assertThat(scene.it.occupancy().busy()).isZero();

    assertThat(scene.it.reports(instruction, held.frozen()).getLast())
        .isInstanceOf(Succeeded.class);
    assertThat(scene.server.received()).hasSize(3);
    assertThat(scene.it.gate.claims.get(1).digest())
        .isEqualTo(scene.it.gate.claims.getFirst().digest());
    assertThat(scene.it.root.resolve("site/report")).hasContent("done");
  }

  @Test
  void theNextTryBeginsANewConversationWithTheNextProfile() {
    scene.server.script(write("one"), finish(), finish(), finish(), finish());
    scene.server.script(write("two"), finish());
    var instruction = scene.instruction();
    assertThat(((Unsuccessful) scene.it.end(instruction)).reason()).contains("test 1");
    scene.it.progress = scene.it.progress.anew();
    scene.it.tries = 1;
    scene.it.lastFailure = "it was too blue";
    var reports = scene.it.reports(instruction);
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(Objects.requireNonNull(steps(reports).get(1).use()).profile()).isEqualTo("two");
    assertThat(messages(scene.server.received().getLast()).get(1).path("content").asText())
        .contains("Write out.txt.", "it was too blue");
  }

  @Test
  void aWholeHistoryIsShortenedWhenItNoLongerFits() {
    scene.server.otherwise(request -> {
      if (request.body().contains("So far, in short")) return finish();
      return AgentScene.answersIn(request) < 4
          ? shell("echo two > out.txt; seq 1 $((9000 + $RANDOM))")
          : Turn.status(
              400, "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"x\"}}");
    });
    var reports = scene.it.reports(scene.instruction());
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(kinds(reports)).contains(Kind.SUMMARY);
  }
}

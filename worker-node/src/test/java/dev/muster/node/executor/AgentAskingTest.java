package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.finish;
import static dev.muster.node.executor.AgentScene.kinds;
import static dev.muster.node.executor.AgentScene.messages;
import static dev.muster.node.executor.AgentScene.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Answered;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.testkit.model.Turn;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent asks people, and how it goes on with what they say.
@NeedsSandbox
class AgentAskingTest {
  private static final Turn ASK = Turn.call("ask", "{}");

  @TempDir Path folder;
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new AgentScene(folder, limits(100, false));
  }

  private static AgentLimits limits(int turns, boolean asks) {
    return new AgentLimits(turns, null, null, null, 3, true, asks);
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private String toldOfTheQuestion() {
    return messages(scene.server.received().get(2)).getLast().path("content").asText();
  }

  @Test
  void itWaitsWithoutASlotAndAnotherAttemptHearsTheAnswer() {
    scene.it.gate.answer(new Pending("apr_1"));
    scene.server.script(write("two"), ASK, finish());
    var instruction = scene.instruction();
    var held = (NeedsDecision) scene.it.end(instruction);
    assertThat(held.kind()).isEqualTo("question");
    assertThat(scene.it.occupancy().busy()).isZero();
    assertThat(scene.it.gate.claims.getFirst().consequence()).isEqualTo("WORKER_001 asks: which?");

    scene.it.gate.answer(new Answered("apr_1", "alice", "The second."));
    assertThat(scene.it.end(instruction)).isInstanceOf(Succeeded.class);
    assertThat(scene.server.received()).hasSize(3);
    assertThat(toldOfTheQuestion())
        .contains("alice, an operator, answered", "no permission", "The second.");
    assertThat(scene.it.gate.claims.get(1).digest()).isEqualTo(held.digest());
    assertThat(scene.it.gate.outcomes).isEmpty();
  }

  @Test
  void whoHearsThatNobodyAnswersDecidesAlone() {
    scene.it.gate.answer(new Refused("apr_1", Decision.EXPIRED, "nobody answered in time"));
    scene.server.script(write("two"), ASK, finish());
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    assertThat(toldOfTheQuestion()).startsWith("Nobody answered in time. Decide yourself");
  }

  @Test
  void aNoToAQuestionIsToldWithItsReason() {
    scene.it.gate.answer(new Refused("apr_1", Decision.REJECTED, "look it up"));
    scene.server.script(write("two"), ASK, finish());
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    assertThat(toldOfTheQuestion()).startsWith("The operator does not answer that: look it up.");
  }

  @Test
  void atALimitItAsksAndMayUseAsMuchAgain() throws Exception {
    scene.close();
    scene = new AgentScene(folder, limits(1, true));
    scene.it.gate.answer(new Pending("apr_1"));
    scene.server.script(write("two"), finish());
    var instruction = scene.instruction();
    assertThat(((NeedsDecision) scene.it.end(instruction)).kind()).isEqualTo("agent_budget");
    assertThat(scene.it.gate.claims.getFirst().script()).isEqualTo("its 1 turns are used up");
    assertThat(scene.server.received()).hasSize(1);

    scene.it.gate.answer(new Answered("apr_1", "alice", ""));
    var reports = scene.it.reports(instruction);
    assertThat(kinds(reports)).startsWith(Kind.RAISED, Kind.TURN);
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
  }

  @Test
  void whoMayNotUseMoreFailsWithBothReasons() throws Exception {
    scene.close();
    scene = new AgentScene(folder, limits(1, true));
    scene.it.gate.answer(new Refused("apr_1", Decision.REJECTED, "enough"));
    scene.server.script(write("two"));
    assertThat(((Unsuccessful) scene.it.end(scene.instruction())).reason())
        .isEqualTo("its 1 turns are used up; asked for as much again: REJECTED, enough");
  }
}

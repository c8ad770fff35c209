package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.finish;
import static dev.muster.node.executor.AgentScene.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.tools.Toolbox;
import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsRequest;
import dev.muster.protocol.commons.CommonsRequest.Ask;
import dev.muster.protocol.commons.CommonsRequest.Floor;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport.Stepped;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.testkit.model.Received;
import dev.muster.testkit.model.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent asks models beside its conversation.
@NeedsSandbox
class AgentSessionsTest {
  private static final String ASIDE = "A worker of a workforce talks to you";
  private static final Turn OPEN =
      Turn.call("sessions_create", "{\"instructions\":\"Review it.\",\"role\":\"reviewer\"}");
  private static final Turn ASK = Turn.call("room_ask", "{\"question\":\"Which port?\"}");

  @TempDir Path folder;
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    var own =
        Toolbox.STANDARD.only(
            List.of(
                "sessions_create",
                "sessions_message",
                "sessions_list",
                "sessions_close",
                "room_ask"));
    var tools = Stream.concat(TestTools.ALL.stream(), own.tools().stream()).toList();
    scene = new AgentScene(folder, AgentLimits.STANDARD, tools);
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private static Turn message(String text) {
    return Turn.call("sessions_message", "{\"session\":\"s1\",\"text\":\"" + text + "\"}");
  }

  private static boolean isAside(Received request) {
    return request.body().contains(ASIDE) || request.body().contains("You coordinate the room");
  }

  /// @param turns of the agent itself; a session says how often it has been spoken to
  private void answering(Turn... turns) {
    scene.server.otherwise(request -> {
      var done = AgentScene.answersIn(request);
      if (isAside(request)) return Turn.say("doubt " + (done + 1));
      return turns[Math.min(done, turns.length - 1)];
    });
  }

  private List<Received> asides() {
    return scene.server.received().stream().filter(AgentSessionsTest::isAside).toList();
  }

  @Test
  void aSessionHasItsOwnHistoryAndIsPaidLikeATurn() {
    var list = Turn.call("sessions_list", "{}");
    var closing = Turn.call("sessions_close", "{\"session\":\"s1\"}");
    answering(write("two"), OPEN, message("one?"), message("two?"), list, closing, list, finish());

    var reports = scene.it.reports(scene.instruction());

    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(asides()).hasSize(2);
    var second = asides().getLast().body();
    assertThat(second).contains("You doubt.", "Review it.", "one?", "doubt 1", "two?");
    assertThat(second).doesNotContain("sessions_message", "out.txt");
    var bodies = scene.server.received().getLast().body();
    assertThat(bodies)
        .contains("session s1 is open", "> doubt 2", "s1  reviewer, 2 messages, with one")
        .contains("session s1 is closed", "no session is open");
    assertThat(AgentScene.kinds(reports))
        .containsSubsequence(Kind.SESSION, Kind.OUTCOME, Kind.ASIDE, Kind.OUTCOME);
    assertThat(scene.it.progress.total().turns()).isEqualTo(scene.server.received().size());
  }

  @Test
  void whatASessionSaidWhenTheNodeEndedIsNotAskedAgain() {
    answering(write("two"), OPEN, message("one?"), finish());
    endAfter(Kind.ASIDE);

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(asides()).hasSize(1);
    assertThat(scene.lastTold()).contains("> doubt 1");
  }

  /// The node ends when such a step is in the journal.
  private void endAfter(Kind... kinds) {
    var left = new ArrayDeque<>(List.of(kinds));
    scene.it.execute(scene.instruction(), ++scene.it.attempts, 1, 1);
    while (true) {
      var report = scene.it.next();
      if (!(report.report() instanceof Stepped(var step))) continue;
      scene.it.progress = scene.it.progress.after(step);
      if (step.kind() == left.getFirst()) left.removeFirst();
      if (left.isEmpty()) break;
      report.replyTo().tell(Done.getInstance());
    }
    scene.it.executor.tell(
        new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", scene.it.attempts));
    await().until(() -> scene.it.occupancy().busyShards().isEmpty());
    drain();
  }

  private void drain() {
    while (true) {
      try {
        scene.it.worker.expectNoMessage(Duration.ofMillis(1));
        return;
      } catch (AssertionError _) {
        // there may be more
      }
    }
  }

  @Test
  void whatCannotBeIsSaidAndAsksNobody() {
    answering(
        write("two"),
        Turn.call("sessions_create", "{\"instructions\":\"x\",\"role\":\"king\"}"),
        Turn.call("sessions_create", "{\"instructions\":\"x\",\"profile\":\"coordinator\"}"),
        message("hello?"),
        finish());

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(scene.server.received().getLast().body())
        .contains("there is no role `king`; there are reviewer")
        .contains("expected a profile that you may use, found `coordinator`; there are one, two")
        .contains("no session `s1` is open");
    assertThat(asides()).isEmpty();
  }

  @Test
  void theCoordinatorChoosesWhoIsAsked() {
    answering(write("two"), ASK, finish());
    scene.it.commons.answer =
        (_, request) ->
            switch (request) {
              case Floor _ -> Told.of("In the room: WORKER_002, WORKER_003");
              case Ask ask -> Told.of("asked by " + ask.chosen());
              case CommonsRequest _ -> Told.of("");
            };

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(scene.lastTold()).isEqualTo("asked by doubt 1");
    assertThat(asides()).hasSize(1);
    assertThat(asides().getFirst().body()).contains("In the room: WORKER_002, WORKER_003");
  }

  @Test
  void whomItChoseIsAskedAlsoAfterTheNodeEnded() {
    answering(write("two"), ASK, finish());
    scene.it.commons.answer =
        (_, request) ->
            request instanceof Ask ask
                ? Told.of("asked by " + ask.chosen())
                : Told.of(request instanceof Floor ? "In the room: all" : "");
    endAfter(Kind.ASIDE, Kind.INTENT);

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(asides()).hasSize(1);
    assertThat(scene.lastTold()).isEqualTo("asked by doubt 1");
  }

  @Test
  void withNobodyToChooseBetweenNobodyIsAsked() {
    answering(write("two"), ASK, finish());

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(asides()).isEmpty();
    assertThat(scene.it.commons.acts().getLast().request())
        .isEqualTo(new Ask("Which port?", null, 60));
  }
}

package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.finish;
import static dev.muster.node.executor.AgentScene.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.tools.Toolbox;
import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsRequest;
import dev.muster.protocol.commons.CommonsRequest.Ask;
import dev.muster.protocol.commons.CommonsRequest.Await;
import dev.muster.protocol.commons.CommonsRequest.News;
import dev.muster.protocol.commons.CommonsRequest.Put;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport.Stepped;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.testkit.model.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that reach what the workers of a run share.
@NeedsSandbox
class SharingTest {
  private static final Turn PUT =
      Turn.call("state_put", "{\"key\":\"port\",\"value\":\"8080\",\"version\":0}");

  @TempDir Path folder;
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    var sharing = Toolbox.STANDARD.only(List.of("state_put", "room_ask", "room_post")).tools();
    var tools = Stream.concat(TestTools.ALL.stream(), sharing.stream()).toList();
    scene = new AgentScene(folder, AgentLimits.STANDARD, tools);
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  @Test
  void whatWasSharedWhenTheNodeEndedIsSharedUnderTheSameStep() {
    scene.answering(done -> List.of(write("two"), PUT, finish()).get(Math.min(done, 2)));
    scene.it.commons.answer = (_, _) -> Told.of("`port` has version 1 now");
    scene.it.execute(scene.instruction(), ++scene.it.attempts, 1, 1);
    while (scene.it.commons.acts().isEmpty()) {
      var report = scene.it.next();
      if (!(report.report() instanceof Stepped(var step))) continue;
      if (step.kind() == Kind.OUTCOME && "state_put".equals(step.tool())) break;
      scene.it.progress = scene.it.progress.after(step);
      report.replyTo().tell(Done.getInstance());
    }
    scene.it.executor.tell(new Executor.Cancel("run_1/WORKER_001", scene.it.attempts));
    await().until(() -> scene.it.occupancy().busyShards().isEmpty());
    drain();

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    var acts = scene.it.commons.acts();
    assertThat(acts).hasSize(2);
    assertThat(acts.getFirst()).isEqualTo(acts.getLast());
    assertThat(acts.getFirst().request()).isEqualTo(new Put("port", "8080", 0L));
    assertThat(acts.getFirst().ordinal()).isPositive();
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
  void whoeverWaitsForAnotherWorkerHoldsNoSlot() {
    scene.server.script(
        write("two"),
        AgentScene.shell("true"),
        Turn.call("room_ask", "{\"question\":\"Which port?\",\"to\":\"WORKER_002\"}"),
        finish());
    scene.it.commons.answer =
        (_, request) ->
            switch (request) {
              case Ask _, Await _ -> new Told("", false, 7L, true);
              case CommonsRequest _ -> Told.of("");
            };
    scene.it.execute(scene.instruction(), ++scene.it.attempts, 1, 1);
    Thread.startVirtualThread(() -> {
      await().until(() -> scene.it.commons.acts().size() > 1);
      await().until(() -> scene.it.occupancy().busy() == 0);
      scene.it.commons.answer =
          (_, request) -> Told.of(request instanceof Await ? "WORKER_002 answers: 8080" : "");
    });

    assertThat(scene.it.untilTheEnd().getLast()).isInstanceOf(Succeeded.class);
    assertThat(scene.lastTold()).isEqualTo("WORKER_002 answers: 8080");
    assertThat(scene.it.commons.acts().getFirst().request())
        .isEqualTo(new Ask("Which port?", "WORKER_002", null, 60));
  }

  @Test
  void whatOthersSayIsHeardBeforeTheNextTurnAndOnlyOnce() {
    scene.server.script(write("two"), finish());
    scene.it.commons.answer =
        (_, request) ->
            request instanceof News(var after) && after < 3
                ? new Told("#3 WORKER_002:\n> the port is 8080", false, 3L, false)
                : Told.of("");

    var reports = scene.it.reports(scene.instruction());

    assertThat(AgentScene.kinds(reports)).startsWith(Kind.BEGUN, Kind.HEARD, Kind.TURN);
    assertThat(AgentScene.kinds(reports)).filteredOn(Kind.HEARD::equals).hasSize(1);
    assertThat(scene.server.received().getFirst().body()).contains("the port is 8080");
  }
}

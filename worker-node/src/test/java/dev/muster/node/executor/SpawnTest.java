package dev.muster.node.executor;

import static dev.muster.node.executor.AgentScene.finish;
import static dev.muster.node.executor.AgentScene.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.tools.Toolbox;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.AttemptReport.Awaiting;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.testkit.model.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that has sub-workers do its work.
@NeedsSandbox
class SpawnTest {
  private static final Turn SPAWN =
      Turn.call(
          "spawn",
          """
          {"workers":[{"title":"Write It","mission":"Write two.","deliverables":["out.txt"],
          "tests":["grep -q two out.txt"],"inputs":["given.txt"]}]}
          """);
  private static final Turn GIVEN = Turn.call("write", "{\"path\":\"given.txt\",\"text\":\"one\"}");

  @TempDir Path folder;
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    var spawn = Toolbox.STANDARD.only(List.of("spawn")).tools();
    var tools = Stream.concat(TestTools.ALL.stream(), spawn.stream()).toList();
    scene = new AgentScene(folder, AgentLimits.STANDARD, tools);
    scene.answering(done -> List.of(GIVEN, SPAWN, finish()).get(Math.min(done, 2)));
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private static Spawned sub(WorkerPhase phase, Artifact... artifacts) {
    return new Spawned(
        null,
        List.of(
            new Spawned.Sub(
                "WORKER_001.1", "Write It", phase, "exit 1", false, List.of(artifacts))));
  }

  @Test
  void itWaitsWithoutASlotAndThenHasWhatTheyDelivered() throws Exception {
    scene.it.spawns.answer = sub(WorkerPhase.RUNNING);

    var end = scene.it.end(scene.instruction());

    assertThat(end).isInstanceOf(Awaiting.class);
    assertThat(((Awaiting) end).subs()).containsExactly("WORKER_001.1");
    assertThat(scene.it.occupancy().busy()).isZero();
    var made = folder.resolve("made");
    Files.writeString(made, "two\n");
    scene.it.spawns.answer = sub(WorkerPhase.COMPLETED, scene.it.artifacts.put(made, "out.txt"));

    var reports = scene.it.reports(scene.instruction());

    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(AgentScene.kinds(reports)).startsWith(Kind.OUTCOME);
    assertThat(scene.lastTold()).contains("WORKER_001.1 (Write It): COMPLETED", "out.txt");
    var asked = scene.it.spawns.asked;
    assertThat(asked).hasSize(2);
    // The same step asks for the same, also when it is another attempt that asks.
    assertThat(asked.getFirst()).isEqualTo(asked.getLast());
    var task = asked.getFirst().tasks().getFirst();
    assertThat(task.inputs().getFirst().path()).isEqualTo("given.txt");
  }

  @Test
  void whoeverEndsAtTheStepAsksForTheSameAgainAndPaysForNothingTwice() throws Exception {
    var made = folder.resolve("made");
    Files.writeString(made, "two\n");
    scene.it.spawns.answer = sub(WorkerPhase.COMPLETED, scene.it.artifacts.put(made, "out.txt"));
    var instruction = scene.instruction();
    // Its intent is in the journal, and nobody hears so; then what was delivered is not in it.
    for (var end : List.of(Kind.INTENT, Kind.OUTCOME)) {
      scene.it.execute(instruction, ++scene.it.attempts, 1, 1);
      scene.endAt(step -> step.kind() == end && "spawn".equals(step.tool()), end == Kind.INTENT);
    }

    var reports = scene.it.reports(instruction);

    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(AgentScene.kinds(reports)).startsWith(Kind.OUTCOME);
    assertThat(scene.server.received()).hasSize(3);
    assertThat(scene.it.spawns.asked).hasSizeGreaterThanOrEqualTo(2);
    assertThat(Set.copyOf(scene.it.spawns.asked)).hasSize(1);
    assertThat(scene.it.work(scene.it.attempts).resolve("out.txt")).hasContent("two");
  }

  @Test
  void whoeverFailedIsToldSoWithItsReasonAndTheWorkGoesOn() {
    scene.it.spawns.answer = sub(WorkerPhase.FAILED);
    scene.answering(done -> List.of(GIVEN, SPAWN, write("two"), finish()).get(Math.min(done, 3)));

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(scene.server.received().get(2).body())
        .contains("WORKER_001.1 (Write It): FAILED: exit 1. Nothing of it was taken.");
  }

  @Test
  void aRefusalIsToldInWords() {
    scene.it.spawns.answer = Spawned.refused("a worker may have 4");
    scene.answering(done -> List.of(GIVEN, SPAWN, write("two"), finish()).get(Math.min(done, 3)));

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(scene.server.received().get(2).body())
        .contains("No sub-worker begins: a worker may have 4");
  }

  @Test
  void inputsComeFromItsOwnFolderOnly() {
    scene.answering(done ->
        List.of(
                Turn.call(
                    "spawn",
                    "{\"workers\":[{\"title\":\"x\",\"mission\":\"y\",\"deliverables\":[\"out.txt\"],"
                        + "\"tests\":[\"true\"],\"inputs\":[\"../../secret\"]}]}"),
                Turn.call("spawn", "{\"workers\":[]}"),
                Turn.call("spawn", "{\"workers\":[{\"title\":1}]}"),
                write("two"),
                finish())
            .get(Math.min(done, 4)));

    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);

    assertThat(scene.it.spawns.asked).isEmpty();
  }
}

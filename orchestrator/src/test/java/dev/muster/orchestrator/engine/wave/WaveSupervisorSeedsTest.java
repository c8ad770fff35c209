package dev.muster.orchestrator.engine.wave;

import static dev.muster.orchestrator.engine.wave.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaveSupervisorSeedsTest {
  private static final ActorTestKit ACTORS = SupervisorHarness.actors();

  private final SupervisorHarness run = new SupervisorHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 10));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCrashAfterAnyStepLosesNothingAndTheRunStillEnds(long seed) {
    var random = new SplittableRandom(seed);
    var world = new SupervisorWorld(run, random);
    world.begin();
    for (var step = 0; step < 25; step++) {
      var command = world.anything();
      var before = run.state();
      run.restart();
      assertThat(run.state()).as("seed %d, step %d, %s", seed, step, command).isEqualTo(before);
      if (random.nextBoolean()) run.tell(new RunCommand.Wake());
    }
    world.endWell();
    assertThat(run.carried().finished()).as("seed %d ends", seed).isTrue();
    assertThat(completedTwice(run.journal())).as("seed %d", seed).isEmpty();
  }

  /// Without having been reopened between: who is done is opened again where somebody below it was
  /// lost and is retried.
  private static List<String> completedTwice(List<RunEvent> journal) {
    var completed = new HashSet<String>();
    var twice = new ArrayList<String>();
    for (var event : journal) {
      if (event instanceof WorkersReopened it) it.workers().forEach(completed::remove);
      if (event instanceof WorkerSettled it && it.status().phase() == WorkerPhase.COMPLETED) {
        if (!completed.add(it.worker())) twice.add(it.worker());
      }
    }
    return twice;
  }

  @Test
  void everyStateMeetsEveryCommandAndNoneBreaksIt() {
    var world = new SupervisorWorld(run, new SplittableRandom(0));
    var walked = new HashSet<String>();
    walkAll(world, walked, "absent");
    run.create(plan(true, FailurePolicy.STOP));
    walkAll(world, walked, "carried");
    run.restart();
    walkAll(world, walked, "recovered");
    run.cancel();
    world.endWell();
    assertThat(run.carried().finished()).isTrue();
    walkAll(world, walked, "finished");

    var commands =
        Stream.of(RunCommand.class, RunCommand.Request.class, RunCommand.Notice.class)
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .filter(Class::isRecord)
            .map(Class::getSimpleName)
            .toList();
    assertThat(commands).hasSizeGreaterThan(10);
    for (var state : List.of("absent", "carried", "recovered", "finished")) {
      for (var command : commands) assertThat(walked).contains(state + " " + command);
    }
  }

  private void walkAll(SupervisorWorld world, Set<String> walked, String state) {
    for (var command : world.everyCommand()) {
      world.send(command);
      walked.add(state + " " + command);
      var before = run.state();
      run.restart();
      assertThat(run.state()).as("%s %s", state, command).isEqualTo(before);
    }
  }
}

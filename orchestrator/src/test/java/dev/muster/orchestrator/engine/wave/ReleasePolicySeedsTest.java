package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunPhase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds of every run, however it goes.
class ReleasePolicySeedsTest {
  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 200));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRunEndsWithEveryWorkerSettledOnceAndInOrder(long seed) {
    var random = new SplittableRandom(seed);
    var simulation = new Simulation(Simulation.plan(random), random);
    for (var step = 0; step < 3_000 && !simulation.state.finished(); step++) simulation.step(15);

    assertThat(simulation.state.finished()).as("seed %d ends", seed).isTrue();
    checkJournal(simulation);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRetryReopensWhatFailedAndTheRunEndsAgain(long seed) {
    var random = new SplittableRandom(seed);
    var simulation = new Simulation(Simulation.plan(random), random);
    for (var step = 0; step < 3_000 && !simulation.state.finished(); step++) simulation.step(40);
    var reopened =
        new Reopening(simulation.state, List.of(), List.of()).event("operator", Simulation.T0);
    if (reopened.workers().isEmpty()) return;

    simulation.persist(List.of(reopened));
    assertThat(simulation.state.finished()).isFalse();
    for (var step = 0; step < 3_000 && !simulation.state.finished(); step++) simulation.step(0);

    assertThat(simulation.state.finish()).isNotNull();
    assertThat(simulation.state.ending()).isEqualTo(RunPhase.COMPLETED);
  }

  private static void checkJournal(Simulation simulation) {
    var waveOf = new HashMap<String, Integer>();
    simulation.state.members().values().forEach(m -> waveOf.put(m.id(), m.planned().wave()));
    var settledWaves = new HashSet<Integer>();
    var settled = new HashSet<String>();
    var released = new HashSet<String>();
    var underWay = new HashMap<String, Member>();
    for (var event : simulation.journal) {
      switch (event) {
        case WaveReleased(var wave, _) ->
            simulation
                .state
                .waves()
                .headMap(wave)
                .keySet()
                .forEach(earlier -> assertThat(settledWaves).contains(earlier));
        case WaveSettled(var wave, _) -> settledWaves.add(wave);
        case WorkersReleased(var workers, _) -> {
          for (var worker : workers) {
            assertThat(released.add(worker)).isTrue();
            alone(simulation.state.member(worker), underWay, worker);
            underWay.put(worker, simulation.state.member(worker));
            assertThat(settled).containsAll(simulation.state.dependencies().directly(worker));
          }
        }
        case WorkerSettled(var worker, _, _) -> {
          assertThat(settled.add(worker)).isTrue();
          underWay.remove(worker);
        }
        case RunEvent.WorkerBlocked(var worker, _, _) -> assertThat(settled.add(worker)).isTrue();
        case RunFinished _ -> assertThat(settled).hasSize(simulation.state.members().size());
        case RunEvent.RunCreated _,
            RunEvent.RunContinued _,
            RunEvent.WaveGateRequested _,
            RunEvent.WaveGateDecided _,
            RunEvent.WorkerSpawned _,
            RunEvent.RetrospectiveStored _,
            RunEvent.ResultsWritten _,
            RunEvent.ResultsNotWritten _,
            RunEvent.HoldBegan _,
            RunEvent.HoldEnded _,
            RunPaused _,
            RunEvent.RunResumed _,
            RunEvent.RunTagged _,
            RunCancelled _,
            RunEvent.WorkersReopened _ -> {}
      }
    }
  }

  /// Nobody else under way may write what it may, found the slow way.
  private static void alone(Member one, Map<String, Member> underWay, String when) {
    for (var other : underWay.values()) {
      for (var mine : one.planned().writes()) {
        for (var theirs : other.planned().writes()) {
          assertThat((mine + "/").startsWith(theirs + "/") || (theirs + "/").startsWith(mine + "/"))
              .as("%s: %s beside %s of %s", when, mine, theirs, other.id())
              .isFalse();
        }
      }
    }
  }
}

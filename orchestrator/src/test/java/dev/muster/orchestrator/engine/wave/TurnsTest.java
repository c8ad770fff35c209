package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens, the indexes say what looking through everybody would say.
class TurnsTest {
  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 100));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theIndexesAgreeWithTheMembers(long seed) {
    var random = new SplittableRandom(seed);
    var simulation = new Simulation(Simulation.plan(random), random);
    for (var step = 0; step < 60; step++) {
      if (random.nextInt(3) == 0) interfere(simulation, random);
      else if (!simulation.state.finished()) simulation.step(25);
      check(simulation.state, "seed %d, step %d".formatted(seed, step));
    }
  }

  private static void interfere(Simulation simulation, SplittableRandom random) {
    var all = simulation.state.plan().workers();
    var some = List.of(all.get(random.nextInt(all.size())).id());
    var whom = random.nextInt(4) == 0 ? List.<String>of() : some;
    RunEvent event =
        switch (random.nextInt(6)) {
          case 0, 1 -> new RunPaused(some, "me", Simulation.T0);
          case 2 -> new RunResumed(whom, "me", Simulation.T0);
          case 3 -> new RunCancelled(some, "me", Simulation.T0);
          default -> reopened(simulation.state, whom, random);
        };
    if (event instanceof RunEvent.WorkersReopened(var workers, _, _, var texts)
        && workers.isEmpty()
        && texts.isEmpty()) return;
    if (event instanceof RunEvent.WorkersReopened || !simulation.state.finished()) {
      simulation.persist(List.of(event));
    }
  }

  private static RunEvent reopened(Carried state, List<String> whom, SplittableRandom random) {
    var texts =
        whom.isEmpty() || random.nextBoolean()
            ? List.<Planned>of()
            : List.of(retitled(state.member(whom.getFirst()).planned(), random));
    var reopening = new Reopening(state, whom, texts);
    return reopening.refusal() == null
        ? reopening.event("me", Simulation.T0)
        : new RunEvent.WorkersReopened(List.of(), "me", Simulation.T0);
  }

  private static Planned retitled(Planned it, SplittableRandom random) {
    var labels = random.nextBoolean() ? List.of("gpu") : List.<String>of();
    return new Planned(
        it.id(),
        it.title(),
        it.wave(),
        "d" + random.nextInt(),
        it.dependencies(),
        null,
        labels,
        it.agent(),
        random.nextBoolean() ? it.writes() : List.of("a"));
  }

  private static Turns.Standing standing(Carried state) {
    return new Turns.Standing(
        state.dependencies(), state.members(), state.wishes().pausedWorkers());
  }

  private static Set<Integer> all(ReadyLine line) {
    var all = new HashSet<>(line.fronts());
    line.groups().values().forEach(all::addAll);
    assertThat(all).hasSize(line.size());
    line.groups().values().forEach(group -> assertThat(line.fronts()).contains(group.first()));
    return all;
  }

  private static void check(Carried state, String when) {
    var turns = state.turns();
    assertThat(Turns.of(state.plan().workers(), standing(state))).as(when).isEqualTo(turns);
    var settledOtherwise =
        state.inOrder().filter(it -> it.settled() && !it.satisfied()).map(Member::id).toList();
    var lost = state.dependencies().dependentsOf(settledOtherwise);
    for (var wave : state.waves().keySet()) {
      var ready = new TreeMap<String, TreeSet<Integer>>();
      var waiting = new TreeSet<Integer>();
      var paused = new TreeSet<Integer>();
      for (var member : state.inOrder().toList()) {
        if (!member.enlisted() || member.planned().wave() != wave) continue;
        assertThat(lost)
            .as("%s: nobody who can still go rests on somebody lost", when)
            .doesNotContain(member.id());
        var place = state.dependencies().place(member.id());
        var first =
            state.dependencies().directly(member.id()).stream()
                .filter(id -> !state.member(id).satisfied())
                .findFirst()
                .orElse(null);
        assertThat(turns.waitsFor(member.id(), state.dependencies())).as(when).isEqualTo(first);
        if (state.wishes().pausedWorkers().contains(member.id())) paused.add(place);
        else if (first != null) waiting.add(place);
        else {
          var labels = String.valueOf(Need.of(member.planned()));
          ready.computeIfAbsent(labels, _ -> new TreeSet<>()).add(place);
        }
      }
      var queue = turns.queue(wave);
      Map<String, TreeSet<Integer>> indexed =
          queue.ready().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      it -> String.valueOf(it.getKey()), it -> new TreeSet<>(all(it.getValue()))));
      assertThat(indexed).as(when).isEqualTo(ready);
      assertThat(queue.waiting()).as(when).containsExactlyElementsOf(waiting);
      assertThat(queue.paused()).as(when).containsExactlyElementsOf(paused);
    }
    assertThat(turns.underWay())
        .as(when)
        .containsExactlyInAnyOrderElementsOf(
            state.inOrder().filter(Member::underWay).map(Member::id).toList());
    assertThat(turns.lost(state.dependencies()))
        .as(when)
        .containsExactlyElementsOf(
            state
                .inOrder()
                .filter(member -> member.settled() && !member.satisfied())
                .map(Member::id)
                .toList());
    for (var phase : WorkerPhase.values()) {
      assertThat(turns.count(phase))
          .as(when)
          .isEqualTo(state.inOrder().filter(member -> member.phase() == phase).count());
    }
  }
}

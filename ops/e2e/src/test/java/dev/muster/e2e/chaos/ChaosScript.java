package dev.muster.e2e.chaos;

import dev.muster.e2e.chaos.Fault.Cut;
import dev.muster.e2e.chaos.Fault.Freeze;
import dev.muster.e2e.chaos.Fault.Isolate;
import dev.muster.e2e.chaos.Fault.Kill;
import dev.muster.e2e.chaos.Fault.KillAll;
import dev.muster.e2e.chaos.Fault.Rebuild;
import dev.muster.e2e.chaos.Fault.StopDatabase;
import dev.muster.e2e.rig.Postgres;
import dev.muster.e2e.rig.Rig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// What goes wrong in one run, and when: a function of the seed and of who is there.
///
/// @param steps by time
record ChaosScript(long seed, List<Step> steps) {
  static final int FAULTS = 3;

  /// Longer than a node may be away before the others take its work.
  private static final int LONG_MILLIS_MIN = 20_000;

  ChaosScript {
    steps = List.copyOf(steps);
  }

  /// @param atMillis after the runs were created
  record Step(long atMillis, Fault fault) {
    @Override
    public String toString() {
      return "at %.1f s %s".formatted(atMillis / 1_000.0, fault);
    }
  }

  /// The kinds of faults. Three seeds in a row have them all.
  private enum Kind {
    KILL_WORKER,
    FREEZE_LONG,
    STOP_DATABASE,
    KILL_ORCHESTRATOR,
    ISOLATE,
    CUT_DATABASE,
    KILL_ALL,
    FREEZE_SHORT,
    CUT
  }

  static ChaosScript of(long seed, List<String> orchestrators, List<String> workers) {
    var random = new SplittableRandom(seed);
    var kinds = Kind.values();
    var steps = new ArrayList<Step>();
    var at = random.nextLong(2_000, 6_000);
    for (var i = 0; i < FAULTS; i++) {
      var kind = kinds[(int) Math.floorMod(seed * FAULTS + i, (long) kinds.length)];
      steps.add(new Step(at, fault(kind, random, orchestrators, workers)));
      at += random.nextLong(5_000, 14_000);
    }
    // While others are on: whoever reads may be killed in the middle, and another goes on.
    var first = steps.getFirst().atMillis();
    steps.add(new Step(random.nextLong(first, at), new Rebuild(ReaderCheck.READER, 0)));
    steps.sort(Comparator.comparingLong(Step::atMillis));
    return new ChaosScript(seed, steps);
  }

  private static Fault fault(
      Kind kind, SplittableRandom random, List<String> orchestrators, List<String> workers) {
    var all = new ArrayList<>(orchestrators);
    all.addAll(workers);
    return switch (kind) {
      case KILL_WORKER -> new Kill(one(random, workers), random.nextLong(1_000, 15_000));
      case KILL_ORCHESTRATOR ->
          new Kill(one(random, orchestrators), random.nextLong(1_000, 12_000));
      case KILL_ALL -> new KillAll(random.nextLong(500, 5_000));
      case FREEZE_SHORT -> new Freeze(one(random, all), random.nextLong(1_500, 3_500));
      case FREEZE_LONG ->
          new Freeze(one(random, all), random.nextLong(LONG_MILLIS_MIN, LONG_MILLIS_MIN + 8_000));
      case STOP_DATABASE ->
          new StopDatabase(
              one(random, List.of(Postgres.Stop.values())), random.nextLong(500, 10_000));
      case CUT -> {
        var from = one(random, all);
        var others = all.stream().filter(node -> !node.equals(from)).toList();
        yield new Cut(from, one(random, others), random.nextLong(3_000, 22_000));
      }
      case ISOLATE -> new Isolate(one(random, all), random.nextLong(3_000, 25_000));
      case CUT_DATABASE -> new Cut(one(random, all), Rig.DATABASE, random.nextLong(3_000, 20_000));
    };
  }

  private static <T> T one(SplittableRandom random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

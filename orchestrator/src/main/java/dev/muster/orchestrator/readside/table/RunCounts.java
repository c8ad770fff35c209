package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.view.ModelUse;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Spend;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.EnumMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Workers counted by where they stand, in the run and in each wave. Whoever changes takes the
/// worker out before, and puts it in again after.
final class RunCounts {
  private static final class Wave {
    private int total;
    private int completed;
    private int weak;
    private int carriedOver;
    private int settled;
    private ModelUse used = ModelUse.NONE;
  }

  private EnumMap<WorkerPhase, Integer> byPhase = new EnumMap<>(WorkerPhase.class);
  private TreeMap<Integer, Wave> byWave = new TreeMap<>();
  private TreeMap<String, ModelUse> byProfile = new TreeMap<>();
  private int total;
  private int settled;
  private int running;
  private int weak;
  private int refused;
  private int testsRun;
  private int testsPassed;

  void putIn(WorkerProjection worker) {
    count(worker, 1);
  }

  void takeOut(WorkerProjection worker) {
    count(worker, -1);
  }

  private void count(WorkerProjection worker, int by) {
    var wave = byWave.computeIfAbsent(worker.planned().wave(), _ -> new Wave());
    // What somebody has cost stays, also when it belongs to the run no more.
    worker
        .used()
        .byProfile()
        .forEach((profile, use) -> {
          byProfile.merge(profile, use.times(by), ModelUse::and);
          wave.used = wave.used.and(use.times(by));
        });
    if (worker.dismissed()) return;
    var phase = worker.phase();
    total += by;
    wave.total += by;
    byPhase.merge(phase, by, Integer::sum);
    if (phase.settled()) {
      settled += by;
      wave.settled += by;
    }
    if (phase == WorkerPhase.COMPLETED) wave.completed += by;
    if (worker.carriedOver()) wave.carriedOver += by;
    if (phase == WorkerPhase.COMPLETED && worker.weak()) {
      weak += by;
      wave.weak += by;
    }
    if (phase == WorkerPhase.FAILED && worker.refused()) refused += by;
    if (worker.running()) running += by;
    testsRun += by * worker.testsRun();
    testsPassed += by * worker.testsPassed();
  }

  RunView.Workers view() {
    var held = of(WorkerPhase.AWAITING_APPROVAL) + of(WorkerPhase.AWAITING_ANSWER);
    return new RunView.Workers(
        total,
        of(WorkerPhase.COMPLETED),
        of(WorkerPhase.FAILED),
        of(WorkerPhase.BLOCKED),
        of(WorkerPhase.CANCELLED),
        held,
        total - settled - held - running,
        of(WorkerPhase.REHEARSED),
        running,
        weak,
        refused);
  }

  private int of(WorkerPhase phase) {
    return byPhase.getOrDefault(phase, 0);
  }

  int running() {
    return running;
  }

  int total(int wave) {
    return wave(wave).total;
  }

  int completed(int wave) {
    return wave(wave).completed;
  }

  int weak(int wave) {
    return wave(wave).weak;
  }

  int carriedOver(int wave) {
    return wave(wave).carriedOver;
  }

  int settled(int wave) {
    return wave(wave).settled;
  }

  Spend.Sum spend(int wave) {
    return Spend.Sum.of(wave(wave).used);
  }

  boolean hasAskedModels() {
    return !byProfile.isEmpty();
  }

  Spend spend() {
    return Spend.of(byProfile);
  }

  private Wave wave(int wave) {
    var found = byWave.get(wave);
    return found == null ? new Wave() : found;
  }

  /// @param leftOut who belongs to the workforce and had no chance
  double successRate(int leftOut) {
    return RunView.thousandths(of(WorkerPhase.COMPLETED), total + leftOut);
  }

  @Nullable Double testPassRate() {
    return testsRun == 0 ? null : RunView.thousandths(testsPassed, testsRun);
  }
}

package dev.muster.orchestrator.view;

import dev.muster.protocol.worker.WorkerPhase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Workers counted by where they stand, in the run and in each wave.
final class RunCounts {
  private static final class Wave {
    private int total;
    private int completed;
    private int weak;
    private int settled;
  }

  private final Map<WorkerPhase, Integer> byPhase = new HashMap<>();
  private final Map<Integer, Wave> byWave = new HashMap<>();
  private int total;
  private int running;
  private int held;
  private int weak;
  private int refused;
  private int testsRun;
  private int testsPassed;

  RunCounts(Collection<WorkerProjection> workers) {
    workers.forEach(this::count);
  }

  private void count(WorkerProjection worker) {
    var phase = worker.phase();
    var wave = byWave.computeIfAbsent(worker.planned().wave(), _ -> new Wave());
    total++;
    wave.total++;
    byPhase.merge(phase, 1, Integer::sum);
    if (phase.settled()) wave.settled++;
    if (phase == WorkerPhase.COMPLETED) wave.completed++;
    if (phase == WorkerPhase.COMPLETED && worker.weak()) {
      weak++;
      wave.weak++;
    }
    if (phase == WorkerPhase.FAILED && worker.refused()) refused++;
    if (phase == WorkerPhase.AWAITING_APPROVAL) held++;
    if (worker.running()) running++;
    testsRun += worker.testsRun();
    testsPassed += worker.testsPassed();
  }

  RunView.Workers view() {
    var settled = byWave.values().stream().mapToInt(wave -> wave.settled).sum();
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

  int total(int wave) {
    return wave(wave).total;
  }

  int completed(int wave) {
    return wave(wave).completed;
  }

  int weak(int wave) {
    return wave(wave).weak;
  }

  int settled(int wave) {
    return wave(wave).settled;
  }

  private Wave wave(int wave) {
    return byWave.computeIfAbsent(wave, _ -> new Wave());
  }

  /// @param leftOut who belongs to the workforce and had no chance
  double successRate(int leftOut) {
    return thousandths(of(WorkerPhase.COMPLETED), total + leftOut);
  }

  @Nullable Double testPassRate() {
    return testsRun == 0 ? null : thousandths(testsPassed, testsRun);
  }

  /// Rounded down, so that only a whole is ever shown as one.
  static double thousandths(int part, int whole) {
    return whole == 0 ? 0 : Math.floor(1_000.0 * part / whole) / 1_000;
  }
}

package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.RunStatus.Counts;
import dev.muster.protocol.run.RunStatus.HeldFor;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says where a run stands. Pure.
final class RunStatuses {
  private RunStatuses() {}

  /// @param unplaced for a while now, what is left needs labels that no node offers
  static RunStatus of(
      Carried state, Live live, Release release, boolean unplaced, long samples, Instant now) {
    var finish = state.finish();
    return new RunStatus(
        state.run(),
        state.plan().workforce(),
        phase(state, live, release, unplaced),
        state.created().settings(),
        state.created().at(),
        finish == null ? null : finish.at(),
        state.resumes(),
        counts(state, live),
        state.waves().values().stream().map(wave -> wave(state, wave, now)).toList(),
        Parked.with(release.holds(), state, live),
        state.retrospectives(),
        finish == null ? samples : finish.headroomSamples(),
        closedSeconds(state, now),
        true);
  }

  /// HELD only when it is certain that nothing can go on by itself.
  static RunPhase phase(Carried state, Live live, Release release, boolean unplaced) {
    if (state.finish() != null) return state.finish().phase();
    if (state.paused()) return RunPhase.PAUSED;
    var somethingGoesOn =
        release.goesOn()
            || release.isHeldBy(Hold.Kind.HEADROOM)
            || release.isHeldBy(Hold.Kind.MODELS)
            || release.isHeldBy(Hold.Kind.PARALLEL)
            || (release.isHeldBy(Hold.Kind.PLACEMENT) && !unplaced)
            || state.underWay().anyMatch(it -> live.busy(it) && !state.awaitsSubs(it));
    if (somethingGoesOn) return RunPhase.RUNNING;
    var somebodyMustAct =
        release.isHeldBy(Hold.Kind.APPROVAL)
            || release.isHeldBy(Hold.Kind.STOPPED)
            || release.isHeldBy(Hold.Kind.PAUSED)
            || unplaced
            || state.underWay().anyMatch(it -> !live.busy(it) && !state.awaitsSubs(it));
    return somebodyMustAct ? RunPhase.HELD : RunPhase.RUNNING;
  }

  private static Counts counts(Carried state, Live live) {
    var by = new EnumMap<WorkerPhase, Integer>(WorkerPhase.class);
    for (var phase : WorkerPhase.values()) by.put(phase, state.turns().count(phase));
    by.put(WorkerPhase.RUNNING, 0);
    // Whoever waits for sub-workers waits, as they are counted themselves.
    state
        .underWay()
        .map(member -> state.awaitsSubs(member) ? WorkerPhase.ENLISTED : live.of(member))
        .forEach(phase -> by.merge(phase, 1, Integer::sum));
    return new Counts(
        state.members().size(),
        by.getOrDefault(WorkerPhase.COMPLETED, 0),
        by.getOrDefault(WorkerPhase.FAILED, 0),
        by.getOrDefault(WorkerPhase.BLOCKED, 0),
        by.getOrDefault(WorkerPhase.CANCELLED, 0),
        by.getOrDefault(WorkerPhase.AWAITING_APPROVAL, 0)
            + by.getOrDefault(WorkerPhase.AWAITING_ANSWER, 0),
        by.getOrDefault(WorkerPhase.ENLISTED, 0),
        by.getOrDefault(WorkerPhase.REHEARSED, 0),
        by.getOrDefault(WorkerPhase.RUNNING, 0)
            + by.getOrDefault(WorkerPhase.VALIDATING, 0)
            + by.getOrDefault(WorkerPhase.BACKOFF, 0)
            + by.getOrDefault(WorkerPhase.PAUSED, 0));
  }

  private static RunStatus.Wave wave(Carried state, WaveProgress wave, Instant now) {
    // What was rehearsed satisfies its dependents, and is never called completed.
    var rehearsal = state.created().settings().rehearse();
    return new RunStatus.Wave(
        wave.number(),
        wave.wave().name(),
        wave.total(),
        rehearsal ? 0 : wave.completed(),
        wave.total() - wave.unsettled(),
        wave.releasedAt(),
        wave.settledAt(),
        holds(wave, now));
  }

  private static List<HeldFor> holds(WaveProgress wave, Instant now) {
    Map<String, Duration> byReason = new LinkedHashMap<>();
    wave.holds()
        .ended()
        .forEach(hold -> byReason.merge(hold.reason(), hold.duration(), Duration::plus));
    wave.holds()
        .open()
        .forEach(
            hold -> byReason.merge(hold.reason(), WaveHolds.lasted(hold, now), Duration::plus));
    return byReason.entrySet().stream()
        .map(hold -> new HeldFor(hold.getKey(), seconds(hold.getValue())))
        .toList();
  }

  private static double closedSeconds(Carried state, Instant now) {
    var closed = Duration.ZERO;
    for (var wave : state.waves().values()) {
      for (var hold : wave.holds().ended()) {
        if (hold.kind() == Hold.Kind.HEADROOM) closed = closed.plus(hold.duration());
      }
      for (var hold : wave.holds().open()) {
        if (hold.kind() == Hold.Kind.HEADROOM) {
          closed = closed.plus(WaveHolds.lasted(hold, now));
        }
      }
    }
    return seconds(closed);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}

package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far one wave has come. Pure.
///
/// @param unsettled members that have not settled
record WaveProgress(
    RunPlan.Wave wave,
    int total,
    int unsettled,
    int completed,
    @Nullable Instant releasedAt,
    @Nullable Instant settledAt,
    WaveGate gate,
    WaveHolds holds) {
  /// Of nobody yet.
  static WaveProgress of(RunPlan.Wave wave) {
    return new WaveProgress(wave, 0, 0, 0, null, null, WaveGate.UNASKED, WaveHolds.NONE);
  }

  WaveProgress add(Member member) {
    return new WaveProgress(
            wave, total + 1, unsettled, completed, releasedAt, settledAt, gate, holds)
        .count(member.settled() ? 0 : 1, member.satisfied() ? 1 : 0);
  }

  WaveProgress remove(Member member) {
    return new WaveProgress(
            wave, total - 1, unsettled, completed, releasedAt, settledAt, gate, holds)
        .count(member.settled() ? 0 : -1, member.satisfied() ? -1 : 0);
  }

  /// With what is not known from its members.
  WaveProgress with(
      @Nullable Instant released, @Nullable Instant settled, WaveGate asked, WaveHolds held) {
    return new WaveProgress(wave, total, unsettled, completed, released, settled, asked, held);
  }

  int number() {
    return wave.number();
  }

  boolean released() {
    return releasedAt != null;
  }

  boolean isSettled() {
    return settledAt != null;
  }

  /// How many are still to settle, in words.
  String toSettle() {
    return "%d of %d workers %s not settled"
        .formatted(unsettled, total, unsettled == 1 ? "has" : "have");
  }

  /// The gate, if the plan asks for one, has been passed.
  boolean gatePassed() {
    return !wave.approval() || gate.allows();
  }

  boolean launchedByHand() {
    return gate.allows();
  }

  WaveProgress count(int unsettledChange, int completedChange) {
    var left = unsettled + unsettledChange;
    var done = completed + completedChange;
    return new WaveProgress(wave, total, left, done, releasedAt, settledAt, gate, holds);
  }

  WaveProgress release(Instant at) {
    return new WaveProgress(wave, total, unsettled, completed, at, settledAt, gate, holds);
  }

  WaveProgress settle(Instant at) {
    return new WaveProgress(wave, total, unsettled, completed, releasedAt, at, gate, holds);
  }

  WaveProgress with(WaveGate next) {
    return new WaveProgress(wave, total, unsettled, completed, releasedAt, settledAt, next, holds);
  }

  WaveProgress with(WaveHolds next) {
    return new WaveProgress(wave, total, unsettled, completed, releasedAt, settledAt, gate, next);
  }
}

package dev.muster.orchestrator.wave;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far one wave has come. Pure.
///
/// @param unsettled members that have not settled
/// @param gateApproval the approval that was requested for the wave; null before
/// @param gateDecision what was decided; null before
/// @param open holds that go on now, at most one of a kind
/// @param ended holds that are over
record WaveProgress(
    RunPlan.Wave wave,
    int total,
    int unsettled,
    int completed,
    @Nullable Instant releasedAt,
    @Nullable Instant settledAt,
    @Nullable String gateApproval,
    @Nullable Decision gateDecision,
    String gateReason,
    List<HoldBegan> open,
    List<Ended> ended) {
  /// Holds remembered for each wave; later ones of the same reason are added up.
  private static final int ENDED_MAX = 50;

  record Ended(Hold.Kind kind, String reason, Duration duration) {}

  WaveProgress {
    open = List.copyOf(open);
    ended = List.copyOf(ended);
  }

  static WaveProgress of(RunPlan.Wave wave, int total) {
    return new WaveProgress(
        wave, total, total, 0, null, null, null, null, "", List.of(), List.of());
  }

  boolean released() {
    return releasedAt != null;
  }

  boolean isSettled() {
    return settledAt != null;
  }

  /// The gate, if the plan asks for one, has been passed.
  boolean gatePassed() {
    return !wave.approval() || (gateDecision != null && gateDecision.allows());
  }

  boolean launchedByHand() {
    return gateDecision != null && gateDecision.allows();
  }

  WaveProgress count(int unsettledChange, int completedChange) {
    return new WaveProgress(
        wave,
        total,
        unsettled + unsettledChange,
        completed + completedChange,
        releasedAt,
        settledAt,
        gateApproval,
        gateDecision,
        gateReason,
        open,
        ended);
  }

  WaveProgress release(Instant at) {
    return new WaveProgress(
        wave,
        total,
        unsettled,
        completed,
        at,
        settledAt,
        gateApproval,
        gateDecision,
        gateReason,
        open,
        ended);
  }

  WaveProgress settle(Instant at) {
    return new WaveProgress(
        wave,
        total,
        unsettled,
        completed,
        releasedAt,
        at,
        gateApproval,
        gateDecision,
        gateReason,
        open,
        ended);
  }

  WaveProgress gate(@Nullable String approval, @Nullable Decision decision, String reason) {
    return new WaveProgress(
        wave,
        total,
        unsettled,
        completed,
        releasedAt,
        settledAt,
        approval,
        decision,
        reason,
        open,
        ended);
  }

  WaveProgress hold(HoldBegan began) {
    var now = new ArrayList<>(open);
    now.removeIf(hold -> hold.kind() == began.kind());
    now.add(began);
    return holds(now, ended);
  }

  WaveProgress unhold(Hold.Kind kind, Instant at) {
    var now = new ArrayList<HoldBegan>();
    var past = new ArrayList<>(ended);
    for (var hold : open) {
      if (hold.kind() == kind) {
        remember(past, new Ended(kind, hold.reason(), Duration.between(hold.at(), at)));
      } else {
        now.add(hold);
      }
    }
    return holds(now, past);
  }

  private WaveProgress holds(List<HoldBegan> now, List<Ended> past) {
    return new WaveProgress(
        wave,
        total,
        unsettled,
        completed,
        releasedAt,
        settledAt,
        gateApproval,
        gateDecision,
        gateReason,
        now,
        past);
  }

  private static void remember(List<Ended> past, Ended one) {
    if (past.size() < ENDED_MAX) {
      past.add(one);
      return;
    }
    for (var i = past.size() - 1; i >= 0; i--) {
      var same = past.get(i);
      if (same.kind() == one.kind()) {
        past.set(i, new Ended(one.kind(), same.reason(), same.duration().plus(one.duration())));
        return;
      }
    }
  }
}

package dev.muster.orchestrator.wave;

import dev.muster.protocol.worker.WorkerPhase;
import java.util.HashMap;
import java.util.Map;

/// What workers under way last said. Not journalled: after a crash everybody is asked again.
final class Live {
  private final Map<String, WorkerPhase> phases = new HashMap<>();

  void put(String worker, WorkerPhase phase) {
    phases.put(worker, phase);
  }

  void remove(String worker) {
    phases.remove(worker);
  }

  /// RUNNING also while nothing is known: it may be.
  WorkerPhase of(Member member) {
    return member.underWay()
        ? phases.getOrDefault(member.id(), WorkerPhase.RUNNING)
        : member.phase();
  }

  /// It takes a slot, or soon will.
  boolean busy(Member member) {
    return switch (of(member)) {
      case RUNNING, VALIDATING, BACKOFF -> true;
      case ENLISTED, AWAITING_APPROVAL, PAUSED, COMPLETED, FAILED, BLOCKED, CANCELLED, REHEARSED ->
          false;
    };
  }

  boolean awaiting(Member member) {
    return of(member) == WorkerPhase.AWAITING_APPROVAL;
  }
}

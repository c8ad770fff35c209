package dev.muster.protocol.worker;

/// Where a worker stands, as everyone outside the entity sees it.
public enum WorkerPhase {
  ENLISTED,
  RUNNING,
  AWAITING_APPROVAL,
  BACKOFF,
  PAUSED,
  VALIDATING,
  COMPLETED,
  FAILED,
  BLOCKED,
  CANCELLED,
  REHEARSED;

  public boolean settled() {
    return switch (this) {
      case COMPLETED, FAILED, BLOCKED, CANCELLED, REHEARSED -> true;
      case ENLISTED, RUNNING, AWAITING_APPROVAL, BACKOFF, PAUSED, VALIDATING -> false;
    };
  }
}

package dev.muster.protocol.worker;

/// Where a worker stands, as everyone outside the entity sees it.
public enum WorkerPhase {
  ENLISTED,
  RUNNING,
  AWAITING_APPROVAL,
  /// Its agent has asked something that only a person can say.
  AWAITING_ANSWER,
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
      case ENLISTED, RUNNING, AWAITING_APPROVAL, AWAITING_ANSWER, BACKOFF, PAUSED, VALIDATING ->
          false;
    };
  }

  /// It goes on when a person has said something.
  public boolean awaitsPerson() {
    return this == AWAITING_APPROVAL || this == AWAITING_ANSWER;
  }
}

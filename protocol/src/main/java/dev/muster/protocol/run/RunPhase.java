package dev.muster.protocol.run;

/// Where a run stands. HELD: nothing can go on before somebody decides.
public enum RunPhase {
  RUNNING,
  HELD,
  PAUSED,
  COMPLETED,
  FAILED,
  CANCELLED,
  REHEARSED;

  public boolean finished() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED, REHEARSED -> true;
      case RUNNING, HELD, PAUSED -> false;
    };
  }
}

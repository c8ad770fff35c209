package dev.muster.protocol.run;

/// Where a run stands. HELD: nothing can go on before somebody decides. INCOMPLETE: everything that
/// was carried out has completed, but a part of the folder was left out.
public enum RunPhase {
  RUNNING,
  HELD,
  PAUSED,
  COMPLETED,
  INCOMPLETE,
  FAILED,
  CANCELLED,
  REHEARSED;

  public boolean finished() {
    return switch (this) {
      case COMPLETED, INCOMPLETE, FAILED, CANCELLED, REHEARSED -> true;
      case RUNNING, HELD, PAUSED -> false;
    };
  }
}

package dev.muster.protocol.approval;

/// What became of an operation that the gate was asked about.
public enum Decision {
  APPROVED,
  AUTO_APPROVED,
  REJECTED,
  /// Nobody answered in time. Not a rejection, and never executes.
  EXPIRED,
  /// Nobody needs an answer any more: its worker or run was cancelled or has ended, or the wave was
  /// launched by hand. Never executes.
  CLOSED;

  public boolean allows() {
    return this == APPROVED || this == AUTO_APPROVED;
  }
}

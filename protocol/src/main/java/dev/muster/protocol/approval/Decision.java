package dev.muster.protocol.approval;

/// What became of an operation that the gate was asked about.
public enum Decision {
  APPROVED,
  AUTO_APPROVED,
  REJECTED,
  /// Nobody answered in time. Not a rejection, and never executes.
  EXPIRED;

  public boolean allows() {
    return this == APPROVED || this == AUTO_APPROVED;
  }
}

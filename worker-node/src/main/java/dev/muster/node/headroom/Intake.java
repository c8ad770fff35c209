package dev.muster.node.headroom;

/// Whether this node takes work, whatever headroom it has.
public enum Intake {
  OPEN,
  /// It cannot reach the database, so nothing that it did could be kept.
  CUT_OFF,
  /// An operator wants it to get no more work; it may finish what it has.
  DRAINED,
  /// What still runs on it is to go elsewhere, too.
  EVICTING;

  /// Whether what does not run may go elsewhere at once.
  boolean isDrained() {
    return this == DRAINED || this == EVICTING;
  }
}

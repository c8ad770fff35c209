package dev.muster.node.headroom;

/// What an operator wants of this node.
public enum Drained {
  NO,
  /// It gets no more work, and may finish what it has.
  YES,
  /// What still runs on it is to go elsewhere, too.
  EVICTING
}

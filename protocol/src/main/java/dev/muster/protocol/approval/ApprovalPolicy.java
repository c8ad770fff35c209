package dev.muster.protocol.approval;

/// Which operations of a run are answered without a person.
public enum ApprovalPolicy {
  NONE,
  /// READ_ONLY and WRITE operations outside the kinds that are always gated.
  LOW,
  /// Everything except operations that may already have run.
  ALL
}

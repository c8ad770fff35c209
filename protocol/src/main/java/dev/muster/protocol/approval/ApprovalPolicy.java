package dev.muster.protocol.approval;

/// Which operations of a run are answered without a person.
public enum ApprovalPolicy {
  NONE,
  /// READ_ONLY and WRITE operations of a few kinds, in a sandbox, below the target.
  LOW,
  /// Everything except operations that may already have run.
  ALL
}

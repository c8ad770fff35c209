package dev.muster.protocol.proof;

/// What a node may vouch for.
public enum Office {
  /// Any node of the cluster: what it has carried out itself.
  NODE,
  /// One that decides: whom it has let in, and what the cluster is to do.
  ORCHESTRATOR
}

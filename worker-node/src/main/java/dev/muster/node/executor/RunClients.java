package dev.muster.node.executor;

/// Whom an attempt asks while it goes on: its run's gate, what its workers share, and its run
/// itself.
public record RunClients(GateClient gate, CommonsClient commons, SpawnClient spawns) {}

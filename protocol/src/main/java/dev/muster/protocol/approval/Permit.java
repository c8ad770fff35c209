package dev.muster.protocol.approval;

/// Leave to run one operation once. Only the gate makes one, after it has persisted that the permit
/// is consumed; a runner refuses any operation whose digest differs.
public record Permit(String approval, String digest, int attempt) {}

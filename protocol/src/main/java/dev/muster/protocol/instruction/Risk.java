package dev.muster.protocol.instruction;

/// What an operation can do at worst. The order matters: later is riskier.
public enum Risk {
  READ_ONLY,
  WRITE,
  ADMIN
}

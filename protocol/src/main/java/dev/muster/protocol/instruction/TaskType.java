package dev.muster.protocol.instruction;

/// How much judgement an instruction asks for; decides which executor or model suits it.
public enum TaskType {
  MECHANICAL,
  HYBRID,
  CREATIVE
}

package dev.muster.orchestrator.instruction;

/// How bad a finding is. Only an ERROR makes a file unusable.
public enum Severity {
  ERROR,
  WARNING
}

package dev.muster.orchestrator.engine.instruction;

/// How bad a finding is. Only an ERROR makes a file unusable; an INFO tells how something was read,
/// and nothing is to be mended when it was meant so.
public enum Severity {
  ERROR,
  WARNING,
  INFO
}

package dev.muster.cli.terminal;

/// How data is printed.
public enum OutputFormat {
  TABLE,
  /// A table with every column.
  WIDE,
  JSON,
  /// One JSON object a line.
  JSONL,
  /// Only names, one a line, for scripts.
  NAME;

  public boolean machine() {
    return this == JSON || this == JSONL || this == NAME;
  }
}

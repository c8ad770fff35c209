package dev.muster.orchestrator.engine.instruction;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Every kind of finding there is, with the severity it has unless `--strict` raises it. The text
/// of a code is its name in lower case with dashes; it is part of the interface and never changes.
public enum Code {
  // What makes a file unusable.
  UNREADABLE_FILE(Severity.ERROR),
  NOT_UTF8(Severity.ERROR),
  MISNAMED_FILE(Severity.ERROR),
  MISSING_ID(Severity.ERROR),
  DUPLICATE_ID(Severity.ERROR),
  NO_TEST(Severity.ERROR),
  INVALID_OPERATION(Severity.ERROR),
  INVALID_SCRIPT(Severity.ERROR),
  INVALID_LABEL(Severity.ERROR),
  DEPENDENCY_CYCLE(Severity.ERROR),
  LATER_WAVE_DEPENDENCY(Severity.ERROR),
  TOO_MANY_DEPENDENCIES(Severity.ERROR),

  // What a reader would want mended.
  MISSING_POINT(Severity.WARNING),
  EMPTY_POINT(Severity.WARNING),
  THIN_POINT(Severity.WARNING),
  FOLDED_POINTS(Severity.WARNING),
  DUPLICATE_POINT(Severity.WARNING),
  PLACEHOLDER(Severity.WARNING),
  MASKED_TEST(Severity.WARNING),
  INVALID_RESULTS_FORMAT(Severity.WARNING),
  INVALID_DELIVERABLE(Severity.WARNING),
  OVERLAPPING_DELIVERABLE(Severity.WARNING),
  UNKNOWN_DEPENDENCY(Severity.WARNING),
  INVALID_DEPENDENCY(Severity.WARNING),
  UNCLEAR_DEPENDENCY(Severity.WARNING),
  UNKNOWN_OPERATION(Severity.WARNING),
  UNCLEAR_SCRIPT(Severity.WARNING),
  IGNORED_ATTRIBUTE(Severity.WARNING),
  UNCLOSED_FENCE(Severity.WARNING),
  IGNORED_BLOCK(Severity.WARNING),
  IGNORED_FILE(Severity.WARNING),
  IGNORED_FIELD(Severity.WARNING),
  ID_MISMATCH(Severity.WARNING),
  UNCLOSED_COMMENT(Severity.WARNING),
  MISSPELT_NAME(Severity.WARNING),
  CONTRADICTION(Severity.WARNING),
  INVALID_PHASE(Severity.WARNING),
  INVALID_DURATION(Severity.WARNING),
  INVALID_LIMIT(Severity.WARNING),
  INVALID_PRIORITY(Severity.WARNING),
  NO_PRIORITY(Severity.WARNING),
  NO_EXECUTION(Severity.WARNING),
  UNKNOWN_ROLE(Severity.WARNING),
  INVALID_ROLE(Severity.WARNING),
  INVALID_PROMPT(Severity.WARNING),
  LOW_SCORE(Severity.WARNING),

  // How something was read, for who meant it otherwise.
  NO_DELIVERABLE(Severity.INFO),
  OUTER_FENCE(Severity.INFO);

  private final Severity severity;

  Code(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /// Whether nothing is known of the file's content, so that nothing can be said about it.
  boolean hidesContent() {
    return this == UNREADABLE_FILE || this == NOT_UTF8 || this == MISNAMED_FILE;
  }

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.muster.node.tools;

import java.util.Locale;

/// A wish that the policy forbids.
///
/// @param kind as the security audit knows it
/// @param rule what forbids it, as written: a line of BOUNDARIES or a sentence of ours
/// @param what was wished, shortened
public record Violation(Kind kind, String rule, String what) {
  public enum Kind {
    WORKSPACE_VIOLATION,
    BLOCKED_COMMAND,
    PATH_TRAVERSAL,
    SECRET_ACCESS,
    TAMPER
  }

  private static final int WHAT_MAX = 300;

  public Violation {
    if (what.length() > WHAT_MAX) what = what.substring(0, WHAT_MAX) + "…";
  }

  public String sentence() {
    return "refused (%s): %s".formatted(word(), rule);
  }

  /// The kind as the security audit writes it.
  public String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}

package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;

/// Follows what is drawn or told in a row: `WORKER_003 → this → WORKER_004`. Some draw who comes
/// next, and some who is waited for, so that of what is beyond the worker itself nobody can tell.
final class Arrows {
  private static final Pattern TO = Pattern.compile("\\s*(?:→|⟶|⇒|-{1,3}>|={1,2}>)");
  private static final Pattern FROM = Pattern.compile("\\s*(?:←|⟵|⇐|<-{1,3}|<={1,2})\\s*");
  private static final Pattern THEN_THIS =
      Pattern.compile(
          "(?i)(?:\\bthen\\s|->|→)\\s*(?:this|us|me)(?:\\s+(?:worker|one|file))?\\s*(?:,|;|->|→|and)");

  private final String text;
  private final IsSelf self;
  private final int thenThis;
  private boolean isPastSelf;

  /// Whether the worker itself is named at an index.
  interface IsSelf {
    boolean at(int index);
  }

  Arrows(String text, IsSelf self) {
    this.text = text;
    this.self = self;
    var then = THEN_THIS.matcher(text);
    this.isPastSelf = TO.matcher(text).lookingAt();
    this.thenThis = then.find() ? then.start() : text.length();
  }

  /// Whether an arrow leads away from a name that is the worker's own.
  boolean leaves(int nameEnd, boolean isSelf) {
    var leaves = isSelf && TO.matcher(text).region(nameEnd, text.length()).lookingAt();
    isPastSelf |= leaves;
    return leaves;
  }

  /// Whether what ends there stands beyond the worker itself.
  boolean isBeyond(int nameEnd) {
    var from = FROM.matcher(text).region(nameEnd, text.length());
    return isPastSelf || thenThis < nameEnd || (from.lookingAt() && self.at(from.end()));
  }
}

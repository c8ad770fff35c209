package dev.muster.node.agent;

/// How often an agent may do the same before it makes no progress.
///
/// @param sameCalls with the same arguments and outcome, one after the other
/// @param sameErrors of any calls, one after the other
/// @param talks turns without a call, one after the other
/// @param emptyTurns without a word either, one after the other
/// @param pingPongs of two calls that take turns with the same outcomes
public record StallLimits(int sameCalls, int sameErrors, int talks, int emptyTurns, int pingPongs) {
  public static final StallLimits STANDARD = new StallLimits(3, 4, 3, 2, 3);

  /// Once is nothing that is repeated.
  public static final int LEAST = 2;

  public StallLimits {
    for (var it : new int[] {sameCalls, sameErrors, talks, emptyTurns, pingPongs}) {
      if (it < LEAST) throw new IllegalArgumentException(it + " is below " + LEAST);
    }
  }
}

package dev.muster.node.models;

import java.time.Duration;

/// How much one call may take.
///
/// @param answerBytesMax on the wire; what is longer is a bad answer
/// @param timeout of the whole call, from its beginning to the last byte
public record ModelLimits(int answerBytesMax, Duration timeout) {
  /// A call that takes longer is taken for lost, and its provider's place for it given away.
  public static final Duration TIMEOUT_MAX = Duration.ofMinutes(9);

  public static final ModelLimits STANDARD = new ModelLimits(1 << 20, Duration.ofMinutes(5));

  public ModelLimits {
    if (answerBytesMax < 1) throw new IllegalArgumentException("answerBytesMax: " + answerBytesMax);
    if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException("timeout: " + timeout);
    }
  }
}

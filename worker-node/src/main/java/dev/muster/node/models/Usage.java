package dev.muster.node.models;

/// What a call cost in tokens, as its provider counted.
///
/// @param input all that was read, whether from a cache or not
/// @param cached of the input, read from the provider's cache
/// @param told false when the provider did not say: then all are 0
public record Usage(long input, long output, long cached, boolean told) {
  public static final Usage UNTOLD = new Usage(0, 0, 0, false);

  /// More than any model reads at once, and so little that sums of it overflow nothing.
  private static final long TOKENS_MAX = 1_000_000_000;

  /// @param input taken as 0, or as a thousand million, where a provider says what cannot be
  public static Usage of(long input, long output, long cached) {
    var read = Math.clamp(input, 0, TOKENS_MAX);
    return new Usage(read, Math.clamp(output, 0, TOKENS_MAX), Math.clamp(cached, 0, read), true);
  }

  public long total() {
    return input + output;
  }
}

package dev.muster.node.models;

/// What a call cost in tokens, as its provider counted.
///
/// @param input all that was read, whether from a cache or not
/// @param cached of the input, read from the provider's cache
/// @param told false when the provider did not say: then all are 0
public record Usage(long input, long output, long cached, boolean told) {
  public static final Usage UNTOLD = new Usage(0, 0, 0, false);

  public static Usage of(long input, long output, long cached) {
    return new Usage(Math.max(0, input), Math.max(0, output), Math.clamp(cached, 0, input), true);
  }

  public long total() {
    return input + output;
  }
}

package dev.muster.node.executor;

/// How much an executor takes on.
///
/// @param slots attempts carried out at once
/// @param queueMax attempts that may wait for a slot; more are reported as interrupted
/// @param awayMax attempts that may be under way without a slot, as agents are while they wait for
///   a model
/// @param claimant names the one life of this node's JVM at the gate, such as `node-a#3f2c`
public record ExecutorSettings(int slots, int queueMax, int awayMax, String claimant) {
  public ExecutorSettings {
    if (slots < 1) throw new IllegalArgumentException("slots is " + slots + ", expected 1 or more");
    if (queueMax < 0) {
      throw new IllegalArgumentException("queueMax is " + queueMax + ", expected 0 or more");
    }
    if (awayMax < 0) {
      throw new IllegalArgumentException("awayMax is " + awayMax + ", expected 0 or more");
    }
    if (claimant.isBlank()) throw new IllegalArgumentException("claimant is blank");
  }
}

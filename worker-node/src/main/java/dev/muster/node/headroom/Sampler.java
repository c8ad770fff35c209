package dev.muster.node.headroom;

/// Measures the node. Called from one thread that may block.
@FunctionalInterface
interface Sampler {
  /// @param slotsOccupied on average since the last call
  Use sample(double slotsOccupied);
}

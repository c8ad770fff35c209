package dev.muster.node.headroom;

/// How much of a node is in use at one moment, in percent of what it has.
///
/// @param cpuKnown false until the processors were watched for one full interval; the two CPU
///   figures are 0 until then
/// @param cpuPercent what counts: the use of others, and ours beyond one core per occupied slot
/// @param cpuOwnPercent all of ours: this JVM and everything below it
record Use(
    boolean cpuKnown,
    double cpuPercent,
    double cpuOwnPercent,
    double memoryPercent,
    double diskPercent) {
  /// @param othersCores cores that others kept busy
  /// @param ownCores cores that our processes kept busy
  /// @param slotsOccupied on average over the interval
  static double countedPercent(
      double othersCores, double ownCores, double slotsOccupied, int cores) {
    var counted = Math.max(0, othersCores) + Math.max(0, ownCores - slotsOccupied);
    return Math.clamp(100 * counted / cores, 0, 100);
  }
}

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
  /// On a full machine others get no more than what our work leaves them, so their use is measured
  /// against that: two busy neighbours on two cores close the gate although our slots take a third
  /// of the time. Of a machine that our slots fill, this much counts as left all the same, or else
  /// the smallest neighbour would close it.
  private static final double LEFT_MIN = 0.6;

  /// @param othersCores cores that others kept busy
  /// @param ownCores cores that our processes kept busy
  /// @param slotsOccupied on average over the interval
  static double countedPercent(
      double othersCores, double ownCores, double slotsOccupied, int cores) {
    var beyond = Math.max(0, ownCores - slotsOccupied);
    var allowed = Math.max(0, ownCores) - beyond;
    var leftForOthers = Math.max(cores - allowed, LEFT_MIN * cores);
    return Math.clamp(100 * (Math.max(0, othersCores) + beyond) / leftForOthers, 0, 100);
  }
}

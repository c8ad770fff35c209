package dev.muster.node.headroom;

/// How much of a node is in use at one moment, in percent of what it has.
///
/// @param cpuKnown false until the processors were watched for one full interval; the two CPU
///   figures are 0 until then
/// @param cpuPercent what counts: the use of others, and that of what we started beyond one core
///   per occupied slot
/// @param cpuOwnPercent all of ours: this JVM and everything below it
record Use(
    boolean cpuKnown,
    double cpuPercent,
    double cpuOwnPercent,
    double memoryPercent,
    double diskPercent) {
  /// On a full machine others get no more than what our work leaves them, so their use is measured
  /// against that: two busy neighbours on two cores close the gate although our slots take a third
  /// of the time. Of a machine that our work fills, this much counts as left all the same, or else
  /// one neighbour on one of two cores would close it.
  private static final double LEFT_MIN = 0.75;

  /// The JVM itself never counts: it is what a run needs to begin and to keep its books, and its
  /// start (class loading, compilers) fills a small machine for seconds.
  ///
  /// @param slotsOccupied on average over the interval
  static double countedPercent(CpuMeter.Cores cores, double slotsOccupied) {
    var beyond = Math.max(0, cores.children() - slotsOccupied);
    var allowed = cores.own() - Math.min(beyond, cores.own());
    var others = Math.max(0, cores.busy() - cores.own());
    var leftForOthers = Math.max(cores.count() - allowed, LEFT_MIN * cores.count());
    return Math.clamp(100 * (others + beyond) / leftForOthers, 0, 100);
  }
}

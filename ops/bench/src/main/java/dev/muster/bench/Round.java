package dev.muster.bench;

import java.util.Arrays;

/// @param perSecond workers, from the moment all of them are known to the end of the last
/// @param p50Millis from when a worker is set going to when its end is durable
record Round(String engine, double perSecond, double p50Millis, double p99Millis) {
  /// @param millis of each worker
  static Round of(String engine, double seconds, double[] millis) {
    var sorted = millis.clone();
    Arrays.sort(sorted);
    return new Round(
        engine,
        rounded(sorted.length / seconds),
        rounded(at(sorted, 0.5)),
        rounded(at(sorted, 0.99)));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}

package dev.muster.rival;

import java.util.Arrays;

/// What the benchmark reads.
final class Measured {
  private Measured() {}

  /// @param millis of each worker
  static void print(double seconds, double[] millis) {
    System.out.println("{\"seconds\":" + seconds + ",\"millis\":" + Arrays.toString(millis) + "}");
  }
}

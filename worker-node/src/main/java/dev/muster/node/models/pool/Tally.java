package dev.muster.node.models.pool;

import java.util.ArrayList;
import java.util.List;

/// What was counted of a provider. Pure.
///
/// @param cancelled calls that nobody waited for any more; neither successes nor failures
/// @param latenciesMillis of the last successes
/// @param unpriced successes whose price is not known
record Tally(
    long requests,
    long successes,
    long failures,
    long cancelled,
    long tokensIn,
    long tokensOut,
    long tokensCached,
    long costMicros,
    long unpriced,
    List<Long> latenciesMillis) {
  private static final int LATENCIES_MAX = 200;

  static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  Tally {
    latenciesMillis = List.copyOf(latenciesMillis);
  }

  Tally with(Outcome outcome) {
    return switch (outcome.result()) {
      case SUCCESS -> success(outcome);
      case CANCELLED -> counted(0, 1);
      case FAULT, LIMITED, QUOTA, REFUSED -> counted(1, 0);
    };
  }

  private Tally counted(int failed, int left) {
    return new Tally(
        requests + 1,
        successes,
        failures + failed,
        cancelled + left,
        tokensIn,
        tokensOut,
        tokensCached,
        costMicros,
        unpriced,
        latenciesMillis);
  }

  private Tally success(Outcome outcome) {
    var latencies = new ArrayList<>(latenciesMillis);
    if (latencies.size() == LATENCIES_MAX) latencies.removeFirst();
    latencies.add(outcome.latencyMillis());
    var cost = outcome.costMicros();
    return new Tally(
        requests + 1,
        successes + 1,
        failures,
        cancelled,
        tokensIn + outcome.usage().input(),
        tokensOut + outcome.usage().output(),
        tokensCached + outcome.usage().cached(),
        costMicros + (cost == null ? 0 : cost),
        unpriced + (cost == null ? 1 : 0),
        latencies);
  }

  /// By the nearest rank; 0 when nothing succeeded yet.
  long latencyMillis(int percent) {
    if (latenciesMillis.isEmpty()) return 0;
    var sorted = latenciesMillis.stream().sorted().toList();
    return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
  }
}

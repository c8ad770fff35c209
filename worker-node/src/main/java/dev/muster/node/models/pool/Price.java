package dev.muster.node.models.pool;

import dev.muster.node.models.Usage;

/// What a model costs, in dollars for a million tokens.
///
/// @param cached of input that the provider read from its cache
public record Price(double input, double output, double cached) {
  /// A millionth of a dollar a token is a dollar a million tokens.
  public long costMicros(Usage usage) {
    var fresh = usage.input() - usage.cached();
    return Math.round(fresh * input + usage.cached() * cached + usage.output() * output);
  }

  /// For comparing: agents read much more than they write.
  double typical() {
    return 3 * input + output;
  }
}

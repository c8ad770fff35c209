package dev.muster.node.models.pool;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether anybody new is to begin asking models. Those who ask already need what is left: so it
/// ends before the limits do, as with processors. Pure.
final class Admission {
  /// Of a limit.
  static final int USED_PERCENT_MAX = 80;

  private Admission() {}

  /// @return why nobody is, provider by provider; empty while a provider has room, null where none
  ///   is set up
  static @Nullable List<String> refusals(ModelSettings settings, Desk.Report counted, Instant now) {
    var names = new TreeSet<String>();
    settings
        .profiles()
        .values()
        .forEach(it -> it.targets().forEach(at -> names.add(at.provider())));
    if (names.isEmpty()) return null;
    Map<String, ProviderReport> reports = new HashMap<>();
    counted.providers().forEach(it -> reports.put(it.name(), it));
    var refusals =
        names.stream()
            .map(name -> refusal(settings.providers().get(name), reports.get(name), now))
            .toList();
    return refusals.stream().anyMatch(String::isEmpty) ? List.of() : refusals;
  }

  private static String refusal(
      @Nullable Provider provider, @Nullable ProviderReport counted, Instant now) {
    if (provider == null || counted == null) return ""; // whoever asks it will see
    var why = why(provider.limits(), counted, now);
    return why.isEmpty() ? "" : "provider " + provider.name() + ": " + why;
  }

  private static String why(RateLimits limits, ProviderReport counted, Instant now) {
    if (isAhead(counted.breaksUntil(), now)) {
      return "its breaker is %s: %s".formatted(counted.breaker(), counted.lastFailure());
    }
    if (isAhead(counted.blockedUntil(), now)) {
      return "to be left alone until %s: %s"
          .formatted(counted.blockedUntil(), counted.lastFailure());
    }
    if (isUsedUp(counted.requestsInWindow(), limits.requestsPerMinute())) {
      return "%d of %d requests a minute used"
          .formatted(counted.requestsInWindow(), limits.requestsPerMinute());
    }
    return isUsedUp(counted.tokensInWindow(), limits.tokensPerMinute())
        ? "%d of %d tokens a minute used"
            .formatted(counted.tokensInWindow(), limits.tokensPerMinute())
        : "";
  }

  private static boolean isAhead(@Nullable Instant at, Instant now) {
    return at != null && at.isAfter(now);
  }

  /// @param limit 0 for none
  private static boolean isUsedUp(long used, long limit) {
    return limit > 0 && used * 100 >= limit * USED_PERCENT_MAX;
  }
}

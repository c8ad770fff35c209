package dev.muster.node.models.pool;

import dev.muster.protocol.text.Moments;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether anybody new is to begin asking models. Those who ask already need what is left: so it
/// ends before the limits do, as with processors. Pure.
final class Admission {
  private final ModelSettings settings;
  private final Map<String, ProviderReport> providers;
  private final Map<String, ProviderReport> endpoints;
  private final Instant now;

  private Admission(ModelSettings settings, Desk.Report counted, Instant now) {
    this.settings = settings;
    this.providers = byName(counted.providers());
    this.endpoints = byName(counted.endpoints());
    this.now = now;
  }

  private static Map<String, ProviderReport> byName(List<ProviderReport> reports) {
    var named = new HashMap<String, ProviderReport>();
    reports.forEach(it -> named.put(it.name(), it));
    return named;
  }

  /// @return why nobody is, provider by provider; empty while a provider has room, null where none
  ///   is set up
  static @Nullable List<String> refusals(ModelSettings settings, Desk.Report counted, Instant now) {
    var names = new TreeSet<String>();
    settings
        .profiles()
        .values()
        .forEach(it -> it.targets().forEach(at -> names.add(at.provider())));
    if (names.isEmpty()) return null;
    var admission = new Admission(settings, counted, now);
    var refusals = names.stream().map(admission::refusal).toList();
    return refusals.stream().anyMatch(String::isEmpty) ? List.of() : refusals;
  }

  private String refusal(String name) {
    var provider = settings.providers().get(name);
    var counted = providers.get(name);
    if (provider == null || counted == null) return ""; // whoever asks it will see
    var why = why(provider.limits(), counted);
    if (why.isEmpty()) why = behind(settings.endpoint(provider));
    return why.isEmpty() ? "" : "provider " + provider.name() + ": " + why;
  }

  private String behind(@Nullable Endpoint endpoint) {
    var counted = endpoint == null ? null : endpoints.get(endpoint.name());
    if (endpoint == null || counted == null) return "";
    var why = why(endpoint.limits(), counted);
    return why.isEmpty() ? "" : "endpoint " + endpoint.name() + ": " + why;
  }

  private String why(RateLimits limits, ProviderReport counted) {
    var breaks = counted.breaksUntil();
    if (breaks != null && breaks.isAfter(now)) {
      return "its breaker is %s until %s: %s"
          .formatted(counted.breaker(), Moments.text(breaks), counted.lastFailure());
    }
    var blocked = counted.blockedUntil();
    if (blocked != null && blocked.isAfter(now)) {
      return "to be left alone until %s: %s"
          .formatted(Moments.text(blocked), counted.lastFailure());
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

  /// @param limit 0 for none
  private boolean isUsedUp(long used, long limit) {
    return limit > 0 && used * 100 >= limit * settings.pace().admissionPercent();
  }
}

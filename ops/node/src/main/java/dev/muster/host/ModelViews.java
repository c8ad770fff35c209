package dev.muster.host;

import dev.muster.node.models.pool.Desk;
import dev.muster.node.models.pool.Endpoint;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.models.pool.Provider;
import dev.muster.node.models.pool.ProviderReport;
import dev.muster.node.models.pool.RateLimits;
import dev.muster.protocol.view.ModelsView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was set up, beside what was counted.
record ModelViews(ModelSettings settings, Instant now) {
  private static final double MICROS = 1_000_000;

  /// @param report null when nobody tells
  List<ModelsView.Provider> providers(Desk.@Nullable Report report) {
    return settings.providers().values().stream()
        .sorted(Comparator.comparing(Provider::name))
        .map(it -> provider(it, counted(it, report)))
        .toList();
  }

  /// One that nobody has called has counted nothing.
  private ProviderReport counted(Provider provider, Desk.@Nullable Report report) {
    var reports = report == null ? List.<ProviderReport>of() : report.providers();
    return counted(provider.name(), provider.limits(), reports);
  }

  private ProviderReport counted(String name, RateLimits limits, List<ProviderReport> reports) {
    return reports.stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseGet(() -> ProviderReport.none(name, limits, now));
  }

  /// @param report null when nobody tells
  List<ModelsView.Endpoint> endpoints(Desk.@Nullable Report report) {
    var reports = report == null ? List.<ProviderReport>of() : report.endpoints();
    return settings.endpoints().stream()
        .sorted(Comparator.comparing(Endpoint::name))
        .map(it -> endpoint(it, counted(it.name(), it.limits(), reports)))
        .toList();
  }

  private ModelsView.Endpoint endpoint(Endpoint endpoint, ProviderReport counted) {
    var limits = endpoint.limits();
    return new ModelsView.Endpoint(
        endpoint.name(),
        endpoint.url(),
        settings.providers().values().stream()
            .filter(it -> endpoint.equals(settings.endpoint(it)))
            .map(Provider::name)
            .sorted()
            .toList(),
        counted.inFlight(),
        limits.inFlightMax(),
        counted.requestsInWindow(),
        limits.requestsPerMinute(),
        counted.tokensInWindow(),
        limits.tokensPerMinute(),
        counted.available(limits, now));
  }

  private ModelsView.Provider provider(Provider provider, ProviderReport counted) {
    var limits = provider.limits();
    return new ModelsView.Provider(
        provider.name(),
        provider.kind().name().toLowerCase(Locale.ROOT),
        provider.url().toString(),
        provider.key().words(),
        counted.breaker(),
        counted.lastFailure(),
        counted.blockedUntil(),
        counted.requests(),
        counted.successes(),
        counted.failures(),
        counted.cancelled(),
        counted.inFlight(),
        limits.inFlightMax(),
        counted.latencyP50Millis(),
        counted.latencyP95Millis(),
        counted.latencyP99Millis(),
        counted.tokensIn(),
        counted.tokensOut(),
        counted.tokensCached(),
        counted.costMicros() / MICROS,
        counted.unpriced(),
        counted.requestsInWindow(),
        limits.requestsPerMinute(),
        counted.tokensInWindow(),
        limits.tokensPerMinute(),
        counted.available(limits, now));
  }

  List<ModelsView.Profile> profiles() {
    return settings.profiles().values().stream()
        .map(it ->
            new ModelsView.Profile(
                it.name(),
                it.targets().stream().map(Object::toString).toList(),
                it.rotates() ? "round-robin" : "priority",
                it.temperature(),
                it.tokensMax(),
                it.window(),
                it.suits().stream()
                    .sorted()
                    .map(suit -> suit.name().toLowerCase(Locale.ROOT))
                    .toList(),
                it.tools().stream().sorted().toList()))
        .toList();
  }

  static @Nullable Double dollars(@Nullable Long micros) {
    return micros == null ? null : micros / MICROS;
  }
}

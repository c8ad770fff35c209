package dev.muster.cli.view;

import dev.muster.cli.terminal.Text;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.view.ModelTestView;
import dev.muster.protocol.view.ModelsView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Models as a terminal shows them.
public final class ModelListings {
  private static final double MILLIS = 1_000;
  private static final int TEXT_CHARS = 60;

  private ModelListings() {}

  public static Listing<ModelsView.Provider> providers(Instant now) {
    return new Listing<ModelsView.Provider>(ModelsView.Provider::name)
        .column("PROVIDER", 0, ModelsView.Provider::name)
        .column("KIND", 7, ModelsView.Provider::kind)
        .text("STATE", 0, it -> state(it, now))
        .column("CALLS", 1, it -> Long.toString(it.requests()))
        .column("FAILED", 2, it -> Long.toString(it.failures()))
        .column("P50", 6, it -> latency(it, it.latencyP50Millis()))
        .column("P95", 8, it -> latency(it, it.latencyP95Millis()))
        .column("TOKENS", 4, it -> Long.toString(it.tokensIn() + it.tokensOut()))
        .column("COST", 3, ModelListings::cost)
        .column("THIS MINUTE", 5, ModelListings::minute)
        .wide("P99", it -> latency(it, it.latencyP99Millis()))
        .wide("CACHED", it -> Long.toString(it.tokensCached()))
        .wide("IN FLIGHT", it -> it.inFlight() + " of " + it.inFlightMax())
        .wide("AT ONCE", it -> it.availableTokens() == null ? "-" : it.availableTokens().toString())
        .wide("TOKENS THIS MINUTE", it -> of(it.tokensInWindow(), it.tokensPerMinute()))
        .text("KEY", 9, ModelsView.Provider::key)
        .text("URL", 10, ModelsView.Provider::url);
  }

  /// Addresses that several providers share.
  public static Listing<ModelsView.Endpoint> endpoints() {
    return new Listing<ModelsView.Endpoint>(ModelsView.Endpoint::name)
        .column("ENDPOINT", 0, ModelsView.Endpoint::name)
        .column("THIS MINUTE", 0, it -> of(it.requestsInWindow(), it.requestsPerMinute()))
        .column("TOKENS THIS MINUTE", 1, it -> of(it.tokensInWindow(), it.tokensPerMinute()))
        .wide("IN FLIGHT", it -> it.inFlight() + " of " + it.inFlightMax())
        .text("PROVIDERS", 2, it -> String.join(", ", it.providers()))
        .text("URL", 3, ModelsView.Endpoint::url);
  }

  public static Listing<ModelsView.Profile> profiles() {
    return new Listing<ModelsView.Profile>(ModelsView.Profile::name)
        .column("PROFILE", 0, ModelsView.Profile::name)
        .text("TARGETS", 0, it -> String.join(", ", it.targets()))
        .column("ORDER", 3, ModelsView.Profile::order)
        .text(
            "SUITS", 1, it -> it.suits().isEmpty() ? "by name only" : String.join(" ", it.suits()))
        .column(
            "TEMPERATURE", 4, it -> it.temperature() == null ? "own" : it.temperature().toString())
        .column("TOKENS", 2, it -> Integer.toString(it.tokensMax()))
        .column("WINDOW", 2, it -> Integer.toString(it.window()))
        .wide("TOOLS", it -> String.join(", ", it.tools()));
  }

  public static Listing<ModelSpend> used() {
    return new Listing<ModelSpend>(ModelSpend::model)
        .text("MODEL", 0, ModelSpend::model)
        .column("TURNS", 0, it -> Integer.toString(it.turns()))
        .column("READ", 2, it -> Long.toString(it.tokensIn()))
        .column("WRITTEN", 2, it -> Long.toString(it.tokensOut()))
        .column("COST", 1, ModelListings::cost);
  }

  /// In a few words; null when no model was asked.
  public static @Nullable String spent(List<ModelSpend> used) {
    if (used.isEmpty()) return null;
    return used.stream()
        .map(it ->
            "%s, %d tokens, %s by %s"
                .formatted(
                    Text.count(it.turns(), "turn"),
                    it.tokensIn() + it.tokensOut(),
                    it.replayed() ? "nothing paid" : cost(it).replace("-", "price not known"),
                    Text.line(it.model())))
        .collect(Collectors.joining("; "));
  }

  private static String cost(ModelSpend used) {
    if (used.turns() == used.unpriced()) return "-";
    return dollars(used.costDollars()) + (used.unpriced() > 0 ? "+" : "");
  }

  private static String state(ModelsView.Provider provider, Instant now) {
    var why = provider.lastFailure() == null ? "" : ": " + provider.lastFailure();
    var until = provider.blockedUntil();
    if (!provider.breaker().equals("closed")) return "breaker " + provider.breaker() + why;
    if (until != null && until.isAfter(now)) return "blocked until " + Text.time(until) + why;
    if (provider.key().endsWith("(not set)")) return "no key";
    if (provider.lastFailure() != null) return "last call failed" + why;
    return provider.requests() == 0 ? "not called yet" : "ready";
  }

  private static String latency(ModelsView.Provider provider, long millis) {
    return provider.successes() == 0 ? "-" : seconds(millis);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / MILLIS);
  }

  /// What has no price is not free.
  private static String cost(ModelsView.Provider provider) {
    if (provider.successes() == provider.unpriced()) return "-";
    return dollars(provider.costDollars()) + (provider.unpriced() > 0 ? "+" : "");
  }

  private static String dollars(double dollars) {
    return String.format(Locale.ROOT, dollars < 1 ? "$%.4f" : "$%.2f", dollars);
  }

  private static String minute(ModelsView.Provider provider) {
    return of(provider.requestsInWindow(), provider.requestsPerMinute());
  }

  private static String of(long used, long max) {
    return max == 0 ? Long.toString(used) : used + " of " + max;
  }

  /// In a sentence.
  public static String tested(ModelTestView test) {
    if (!test.answered()) {
      var again = test.retryAfterSeconds();
      return "%s does not answer: %s.%s"
          .formatted(
              test.profile(),
              Text.line(String.valueOf(test.why())),
              again == null ? "" : " Try again in " + again + " s.");
    }
    return "%s: %s/%s answered “%s” in %s; %s tokens read, %s written%s."
        .formatted(
            test.profile(),
            test.provider(),
            test.model(),
            Text.cut(Text.line(String.valueOf(test.text()).strip()), TEXT_CHARS),
            seconds(orZero(test.latencyMillis())),
            orZero(test.tokensIn()),
            orZero(test.tokensOut()),
            test.costDollars() == null ? "" : ", " + dollars(test.costDollars()));
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}

package dev.muster.orchestrator.api.metrics;

import dev.muster.protocol.view.ModelsView;
import java.util.List;
import java.util.function.Function;

/// What calling the language models came to, by provider.
final class ModelFigures {
  private ModelFigures() {}

  static void expose(Exposition to, ModelsView models) {
    var providers = models.providers();
    to.counter("muster_model_requests_total", "Requests that have ended, by what came of them.");
    for (var it : providers) {
      to.sample(it.successes(), "provider", it.name(), "result", "success")
          .sample(it.failures(), "provider", it.name(), "result", "failure")
          .sample(it.cancelled(), "provider", it.name(), "result", "cancelled");
    }
    gauge(
        to, providers, "requests_in_flight", "Requests under way.", ModelsView.Provider::inFlight);
    to.counter("muster_model_tokens_total", "Tokens, by direction; cached ones are in as well.");
    for (var it : providers) {
      to.sample(it.tokensIn(), "provider", it.name(), "direction", "in")
          .sample(it.tokensOut(), "provider", it.name(), "direction", "out")
          .sample(it.tokensCached(), "provider", it.name(), "direction", "cached");
    }
    to.counter("muster_model_cost_dollars_total", "What it came to, where prices are known.");
    providers.forEach(it -> to.sample(it.costDollars(), "provider", it.name()));
    gauge(
        to,
        providers,
        "breaker_open",
        "Whether it is let alone after failures.",
        it -> it.breaker().equals("closed") ? 0 : 1);
    to.gauge("muster_model_latency_seconds", "Of its last answers, by quantile.");
    for (var it : providers) {
      to.sample(it.latencyP50Millis() / 1000.0, "provider", it.name(), "quantile", "0.5")
          .sample(it.latencyP95Millis() / 1000.0, "provider", it.name(), "quantile", "0.95")
          .sample(it.latencyP99Millis() / 1000.0, "provider", it.name(), "quantile", "0.99");
    }
  }

  private static void gauge(
      Exposition to,
      List<ModelsView.Provider> providers,
      String name,
      String help,
      Function<ModelsView.Provider, Number> figure) {
    to.gauge("muster_model_" + name, help);
    providers.forEach(it -> to.sample(figure.apply(it), "provider", it.name()));
  }
}

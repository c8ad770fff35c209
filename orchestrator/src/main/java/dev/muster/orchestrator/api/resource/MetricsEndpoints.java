package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.metrics.Exposition;
import dev.muster.orchestrator.api.metrics.Metrics;
import java.util.List;
import org.apache.pekko.util.ByteString;

/// For Prometheus, which shows a token of a viewer like everybody else.
public final class MetricsEndpoints {
  private final Metrics metrics;

  public MetricsEndpoints(Metrics metrics) {
    this.metrics = metrics;
  }

  public List<Endpoint> all() {
    return List.of(
        get(
                "/metrics",
                _ -> Answer.whole(200, Exposition.TYPE, ByteString.fromString(metrics.text())))
            .answering(Exposition.TYPE));
  }
}

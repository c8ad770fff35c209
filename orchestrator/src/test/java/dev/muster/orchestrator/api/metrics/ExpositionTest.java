package dev.muster.orchestrator.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void itIsTheTextThatPrometheusReads() {
    var to = new Exposition();
    to.gauge("a", "A thing.").sample(3, "name", "x\"\\\ny").sample(null, "name", "unknown");
    to.counter("b_total", "Another.").sample(0.25).sample(1e18).sample(7.0);
    assertThat(to)
        .hasToString(
            """
            # HELP a A thing.
            # TYPE a gauge
            a{name="x\\"\\\\\\ny"} 3
            # HELP b_total Another.
            # TYPE b_total counter
            b_total 0.25
            b_total 1.0E18
            b_total 7
            """);
  }

  @Test
  void aFamilyIsToldInOnePiece() {
    var to = new Exposition().gauge("a", "A thing.");
    assertThatThrownBy(() -> to.gauge("a", "Again.")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bucketsHoldWhatIsFasterToo() {
    var timings = new Timings();
    timings.took("GET", "/api/v1/runs/{run}", TimeUnit.MILLISECONDS.toNanos(3));
    timings.took("GET", "/api/v1/runs/{run}", TimeUnit.MILLISECONDS.toNanos(300));
    timings.took("GET", "/api/v1/runs/{run}", TimeUnit.SECONDS.toNanos(60));
    timings.answered(200);
    timings.answered(204);
    timings.answered(404);
    var to = new Exposition();
    timings.expose(to);
    var labels = "method=\"GET\",path=\"/api/v1/runs/{run}\"";
    assertThat(to.toString().lines())
        .contains(
            "muster_http_responses_total{status=\"2xx\"} 2",
            "muster_http_responses_total{status=\"4xx\"} 1",
            "muster_http_request_seconds_bucket{" + labels + ",le=\"0.005\"} 1",
            "muster_http_request_seconds_bucket{" + labels + ",le=\"0.25\"} 1",
            "muster_http_request_seconds_bucket{" + labels + ",le=\"0.5\"} 2",
            "muster_http_request_seconds_bucket{" + labels + ",le=\"+Inf\"} 3",
            "muster_http_request_seconds_sum{" + labels + "} 60.303",
            "muster_http_request_seconds_count{" + labels + "} 3");
  }
}

package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading the folder of a large run may take longer than a connection waits.
class OverdueTest {
  private static final String RUN = "{\"folder\":\"/tmp\"}";

  private TestServer server;

  @BeforeEach
  void open(@TempDir Path data) throws Exception {
    var settings = HttpSettings.of("127.0.0.1", 0).answeringWithin(Duration.ofMillis(300));
    server = new TestServer(data, settings);
    server.creator.way.acquireUninterruptibly();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whoeverHasAKeyGetsTheAnswerUnderItLater() {
    var late = server.client.post("/api/v1/runs", RUN, "Idempotency-Key", "k1");
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.header("Content-Type")).startsWith("application/problem+json");
    assertThat(late.header("Connection")).isEqualTo("close");
    assertThat(late.json().path("code").asText()).isEqualTo("still-working");
    assertThat(late.json().path("retryable").asBoolean()).isTrue();
    var again = server.client.post("/api/v1/runs", RUN, "Idempotency-Key", "k1");
    assertThat(again.json().path("code").asText()).isEqualTo("still-working");

    server.creator.way.release();
    var done =
        Stream.generate(() -> server.client.post("/api/v1/runs", RUN, "Idempotency-Key", "k1"))
            .dropWhile(it -> it.json().path("code").asText().equals("still-working"))
            .findFirst()
            .orElseThrow();
    assertThat(done.status()).isEqualTo(202);
    assertThat(server.creator.created).hasSize(1);
  }

  @Test
  void whoeverHasNoneIsToldToLookFirst() {
    var late = server.client.post("/api/v1/runs", RUN);
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.json().path("code").asText()).isEqualTo("overdue");
    assertThat(late.json().path("detail").asText()).contains("look what became of it");
    server.creator.way.release();
  }
}

package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {
  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final Principal ANNA =
      new Principal("anna", Principal.Kind.USER, "anna", Set.of(Role.ADMIN), null);

  private final AtomicReference<Instant> now = new AtomicReference<>(T0);
  private final AtomicInteger done = new AtomicInteger();
  private Database database;
  private Idempotency idempotency;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Vendor.H2.open(folder);
    idempotency = new Idempotency(database.source(), now::get, Duration.ofMillis(20));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Call call(Map<String, String> query) {
    return new Call(
        "req",
        ANNA,
        "127.0.0.1",
        "POST",
        "/api/v1/runs",
        Map.of(),
        query,
        Map.of("idempotency-key", "k"),
        ByteString.fromString("{}"));
  }

  private Answer quick(Call call) {
    return Answer.ok(Map.of("done", done.incrementAndGet()));
  }

  private String refusal(Call call) {
    var refused = new AtomicReference<>("");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> idempotency.once(call, this::quick))
        .satisfies(it -> refused.set(it.problem().code()));
    return refused.get();
  }

  private boolean isRenewed() throws SQLException {
    try (var connection = database.source().getConnection()) {
      var found =
          Sql.one(
              connection,
              "SELECT COUNT(*) FROM idempotency_key WHERE taken_at = ?",
              row -> row.getInt(1),
              List.of(now.get().toEpochMilli()));
      return found != null && found == 1;
    }
  }

  @Test
  void aRequestThatTakesLongIsNotDoneTwice() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var slow =
        CompletableFuture.supplyAsync(() ->
            idempotency.once(
                call(Map.of()),
                it -> {
                  begun.countDown();
                  try {
                    goOn.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return quick(it);
                }));
    begun.await();
    now.set(T0.plusSeconds(300));
    while (!isRenewed()) Thread.onSpinWait();
    assertThat(refusal(call(Map.of()))).isEqualTo("still-working");
    goOn.countDown();
    var answer = slow.join();
    assertThat(idempotency.once(call(Map.of()), this::quick)).isEqualTo(answer);
    assertThat(done).hasValue(1);
  }

  @Test
  void anotherQueryIsAnotherRequest() {
    idempotency.once(call(Map.of("dry", "true")), this::quick);
    assertThat(refusal(call(Map.of()))).isEqualTo("idempotency-key-reused");
    assertThat(refusal(call(Map.of("dry", "false")))).isEqualTo("idempotency-key-reused");
  }
}

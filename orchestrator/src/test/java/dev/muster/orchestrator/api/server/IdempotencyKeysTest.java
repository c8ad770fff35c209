package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Vendor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class IdempotencyKeysTest {
  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final String REQUEST = "f".repeat(64);

  private final Vendor vendor;
  private Database database;
  private IdempotencyKeys keys;

  IdempotencyKeysTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
    keys = new IdempotencyKeys(database.source());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void ofManyWhoClaimAKeyAtOnceOneGetsIt() {
    var free =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(_ -> keys.claim("k", REQUEST, T0))
            .filter(Objects::isNull);
    assertThat(free.count()).isEqualTo(1);
  }

  @Test
  void aKeyWhoseRequestGotNoAnswerMayBeTakenAtOnceAndKeepsItsFirstUse() {
    keys.claim("k", REQUEST, T0);
    keys.release("k", T0.minusSeconds(61));
    var used = Objects.requireNonNull(keys.claim("k", REQUEST, T0.plusSeconds(1)));
    assertThat(used.answer()).isNull();
    assertThat(used.at()).isEqualTo(T0.minusSeconds(61));
    assertThat(used.firstAt()).isEqualTo(T0);
  }

  @Test
  void theAnswerIsRememberedWithItsHeaders() {
    keys.claim("k", REQUEST, T0);
    var answer = Answer.ok(Map.of("id", "run_1")).with("Location", "/api/v1/runs/run_1");
    keys.remember("k", answer);
    var used = Objects.requireNonNull(keys.claim("k", REQUEST, T0.plusSeconds(5)));
    assertThat(used.firstAt()).isEqualTo(T0);
    assertThat(used.answer()).isEqualTo(answer);
  }

  @Test
  void aForgottenKeyIsFreeAgain() {
    keys.claim("k", REQUEST, T0);
    keys.forget("k");
    assertThat(keys.claim("k", REQUEST, T0)).isNull();
    keys.forgetBefore(T0.plusSeconds(1));
    assertThat(keys.claim("k", REQUEST, T0)).isNull();
  }

  @Test
  void aKeyIsTakenOverByOneOnly() {
    keys.claim("k", REQUEST, T0);
    keys.take("k", T0, T0.plusSeconds(90));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> keys.take("k", T0, T0.plusSeconds(91)));
  }
}

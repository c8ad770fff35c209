package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.Allowance;
import dev.muster.node.agent.Ledger;
import dev.muster.node.agent.Ledger.Claim;
import dev.muster.node.agent.Ledger.Full;
import dev.muster.node.agent.Spend;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What all agents of a run and of a wave may use together, in a real database.
class StoredLedgerTest {
  private static final Spend NEXT = new Spend(1, 400, 0, 0);

  @TempDir private Path data;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.embedded(data), data);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Allowance tokens(long tokens) {
    return new Allowance(null, tokens, null, null);
  }

  /// As another node has it.
  private Ledger ledger(Allowance run, Allowance wave) {
    return new StoredLedger(database.source(), run, wave, Allowance.NONE);
  }

  private static Claim claim(int wave, int worker, Spend used, Spend next) {
    return new Claim("run_1", wave, "WORKER_%03d".formatted(worker), used, next);
  }

  private static @Nullable Full reserve(Ledger ledger, int wave, int worker, Spend used)
      throws IOException {
    return ledger.reserve(claim(wave, worker, used, NEXT));
  }

  @Test
  void whatOthersHoldPassesAndWhatTheyHaveUsedDoesNot() throws IOException {
    var ledger = ledger(tokens(1_000), Allowance.NONE);
    assertThat(reserve(ledger, 1, 1, Spend.NONE)).isNull();
    assertThat(reserve(ledger, 1, 2, Spend.NONE)).isNull();
    var full = Objects.requireNonNull(reserve(ledger, 2, 3, Spend.NONE));
    assertThat(full.passes()).isTrue();

    ledger.settle(claim(1, 1, new Spend(1, 100, 0, 0), Spend.NONE));
    assertThat(reserve(ledger, 2, 3, Spend.NONE)).isNull();
    ledger.settle(claim(1, 2, new Spend(1, 390, 0, 0), Spend.NONE));
    ledger.settle(claim(2, 3, new Spend(1, 390, 0, 0), Spend.NONE));
    full = Objects.requireNonNull(reserve(ledger, 2, 3, new Spend(1, 390, 0, 0)));
    assertThat(full.passes()).isFalse();
    assertThat(full.sentence())
        .isEqualTo("the agents of its run may use 1000 tokens together, and that is used up");
  }

  private static Claim inTree(String worker, long used, long next) {
    return new Claim(
        "run_1", 1, worker, new Spend(1, used, 0, 0), new Spend(1, next, 0, 0), "WORKER_001");
  }

  @Test
  void aTreeUsesOfTheShareOfItsRootAlsoOfWhatThatHadUsedBefore() throws IOException {
    var ledger = new StoredLedger(database.source(), tokens(9_000), Allowance.NONE, tokens(1_000));
    assertThat(reserve(ledger, 1, 1, new Spend(1, 300, 0, 0))).isNull();
    ledger.settle(inTree("WORKER_001", 500, 0));

    assertThat(ledger.reserve(inTree("WORKER_001.1", 0, 300))).isNull();
    ledger.settle(inTree("WORKER_001.1", 300, 0));
    var full = Objects.requireNonNull(ledger.reserve(inTree("WORKER_001.1.1", 0, 300)));

    assertThat(full.sentence())
        .isEqualTo(
            "the agents of its tree WORKER_001 may use 1000 tokens together, and that is used up");
    assertThat(full.passes()).isFalse();
    ledger.raise(full, "epoch 1");
    ledger.raise(full, "epoch 1");
    assertThat(ledger.reserve(inTree("WORKER_001.1.1", 0, 1_100))).isNull();
    assertThat(ledger.reserve(inTree("WORKER_001.1.2", 0, 200))).isNotNull();
  }

  @Test
  void aWaveIsOneAmongOthers() throws IOException {
    var ledger = ledger(Allowance.NONE, tokens(500));
    assertThat(reserve(ledger, 1, 1, Spend.NONE)).isNull();
    assertThat(reserve(ledger, 2, 2, Spend.NONE)).isNull();
    assertThat(Objects.requireNonNull(reserve(ledger, 1, 3, Spend.NONE)).scope())
        .isEqualTo("wave 1");
  }

  /// Its node ended, and the next attempt says again what it has used.
  @Test
  void whoAsksAgainIsCountedOnce() throws IOException {
    var ledger = ledger(tokens(1_000), Allowance.NONE);
    for (var again = 0; again < 5; again++) {
      assertThat(reserve(ledger, 1, 1, new Spend(1, 500, 0, 0))).isNull();
    }
    for (var again = 0; again < 3; again++) {
      ledger.settle(claim(1, 1, new Spend(2, 600, 0, 0), Spend.NONE));
    }
    assertThat(reserve(ledger, 1, 2, Spend.NONE)).isNull();
  }

  @Test
  void aYesGivesAsMuchAgainAndCountsOnce() throws IOException {
    var ledger = ledger(tokens(500), Allowance.NONE);
    var used = new Spend(1, 450, 0, 0);
    var full = Objects.requireNonNull(reserve(ledger, 1, 1, used));
    ledger.raise(full, "WORKER_001#4");
    ledger.raise(full, "WORKER_001#4");
    assertThat(reserve(ledger, 1, 1, used)).isNull();
    assertThat(Objects.requireNonNull(reserve(ledger, 1, 1, new Spend(2, 800, 0, 0))).limit())
        .isEqualTo("1000 tokens");
  }

  @Test
  void manyAtOnceNeverHoldMoreThanThereIs() throws Exception {
    manyAtOnce();
  }

  @Test
  void norDoTheyOnPostgres() throws Exception {
    database.close();
    var settings = new DatabaseSettings(PostgresServer.freshDatabase(), PostgresServer.USER, "");
    database = Database.open(settings, data);
    manyAtOnce();
  }

  /// As many nodes do, each with threads of its own, of which some are interrupted.
  private void manyAtOnce() {
    var begun = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var worker = 1; worker <= 20; worker++) {
        var number = worker;
        var _ =
            threads.submit(() -> {
              if (number % 5 == 0) Thread.currentThread().interrupt();
              if (reserve(ledger(tokens(2_000), tokens(4_000)), 1, number, Spend.NONE) == null) {
                begun.incrementAndGet();
              }
              return null;
            });
      }
    }
    assertThat(begun).hasValue(5);
  }

  @Test
  void whereNothingIsLimitedNothingIsAsked() throws IOException {
    database.close();
    assertThat(reserve(ledger(Allowance.NONE, Allowance.NONE), 1, 1, Spend.NONE)).isNull();
  }
}

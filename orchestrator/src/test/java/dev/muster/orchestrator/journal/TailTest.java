package dev.muster.orchestrator.journal;

import static dev.muster.orchestrator.view.Journal.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.orchestrator.storage.Vendor;
import dev.muster.orchestrator.view.Journal;
import dev.muster.protocol.run.RunEvent.RunContinued;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class TailTest {
  private final Vendor vendor;
  private Journal journal;
  private final Ledger ledger = new Ledger("ledger");

  TailTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) throws SQLException {
    journal = new Journal(vendor.open(folder));
    Ledger.create(journal.database());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private Tail tail(TailReader... readers) {
    return new Tail(journal.database(), new JournalMark(journal.database()), List.of(readers));
  }

  private void write(String run, int events) {
    for (var i = 0; i < events; i++) {
      journal.write(Origin.run(run), new RunContinued("node-a", T0));
    }
  }

  private long told() throws SQLException {
    return ledger.size(journal.database());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(until);
      Thread.sleep(10);
    }
  }

  @Test
  void everyEventIsToldOnceHoweverManyBatchesItTakes() throws SQLException {
    write("run_a", Tail.ROWS_MAX - 300);
    write("run_b", 600);
    var mark = new JournalMark(journal.database());
    // Many rows for a machine that is busy.
    var tail = new Tail(journal.database(), mark, List.of(ledger), Duration.ofSeconds(60));
    tail.catchUp("ledger");
    assertThat(told()).isEqualTo(Tail.ROWS_MAX + 300);
    assertThat(ledger.batches).hasValue(2);
    tail.catchUp("ledger");
    assertThat(ledger.batches).as("nothing new").hasValue(2);
    write("run_a", 1);
    tail.catchUp("ledger");
    assertThat(told()).isEqualTo(Tail.ROWS_MAX + 301);
  }

  @Test
  void aBatchThatFailsInTheMiddleLeavesNothing() throws SQLException {
    write("run_a", 10);
    ledger.midway =
        _ -> {
          throw new IllegalStateException("in the middle");
        };
    var tail = tail(ledger);
    assertThatThrownBy(() -> tail.catchUp("ledger")).hasMessageContaining("in the middle");
    assertThat(told()).isZero();
    assertThat(tail.problem()).contains("ledger", "in the middle");
    ledger.midway = _ -> {};
    tail.catchUp("ledger");
    assertThat(told()).isEqualTo(10);
    assertThat(tail.problem()).isNull();
  }

  /// What it has written and how far it has come are one commit: a connection that is cut between
  /// the two takes both with it, and gives the reader to whoever comes next.
  @Test
  void aNodeThatDiesInTheMiddleOfABatchLosesTheReaderToAnother() throws SQLException {
    assumeTrue(vendor == Vendor.POSTGRESQL, "H2 dies with its node");
    write("run_a", 10);
    ledger.midway =
        connection -> {
          try {
            connection.unwrap(java.sql.Connection.class).abort(Runnable::run);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThatThrownBy(() -> tail(ledger).catchUp("ledger")).isInstanceOf(RuntimeException.class);
    ledger.midway = _ -> {};
    tail(ledger).catchUp("ledger");
    assertThat(told()).isEqualTo(10);
  }

  @Test
  void aReaderThatThrowsHoldsBackNoOther() throws Exception {
    var broken = new Ledger("broken");
    broken.midway =
        _ -> {
          throw new IllegalStateException("always");
        };
    write("run_a", 5);
    try (var tail = tail(broken, ledger)) {
      tail.start();
      await(() -> sizeIs(5));
      await(() -> tail.problem() != null);
      assertThat(tail.problem()).contains("broken", "always");
      write("run_a", 5);
      await(() -> sizeIs(10));
      assertThat(tail.standings()).extracting(ReaderStanding::behind).containsExactly(10L, 0L);
    }
  }

  private boolean sizeIs(long expected) {
    try {
      return told() == expected;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As several orchestrators do it, while others write, and one of them ends in between.
  @Test
  void severalNodesTellEveryEventOnceAndInOrder() throws Exception {
    var first = tail(new Ledger("ledger"));
    var second = tail(new Ledger("ledger"));
    var third = tail(new Ledger("ledger"));
    var writing = CompletableFuture.runAsync(() -> write("run_a", 1_500));
    first.start();
    second.start();
    third.start();
    await(() -> sizeIsAtLeast(300));
    first.close();
    await(() -> sizeIsAtLeast(900));
    second.close();
    writing.join();
    third.catchUp("ledger");
    assertThat(told()).isEqualTo(1_500);
    third.close();
  }

  private boolean sizeIsAtLeast(long expected) {
    try {
      return told() >= expected;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aReaderIsBuiltAnewWhileEventsArrive() throws Exception {
    write("run_a", 1_200);
    try (var tail = tail(ledger)) {
      tail.start();
      tail.catchUp("ledger");
      var done = new AtomicBoolean();
      var writing =
          CompletableFuture.runAsync(() -> {
            while (!done.get()) {
              write("run_b", 1);
              pause();
            }
          });
      for (var i = 0; i < 3; i++) {
        tail.rebuild("ledger");
        tail.catchUp("ledger");
        assertThat(told()).isGreaterThanOrEqualTo(1_200);
      }
      done.set(true);
      writing.join();
      tail.catchUp("ledger");
      var all = new JournalReader(journal.database()).ofAll(0, 1 << 20, 1 << 20);
      assertThat(told()).isEqualTo(all.size());
    }
  }

  @Test
  void anotherVersionOfAReaderBeginsAnewAndAnOlderOneStaysOut() throws SQLException {
    write("run_a", 3);
    tail(ledger).catchUp("ledger");
    journal.execute("UPDATE ledger SET entity = 'as the first version did'");
    tail(new Ledger("ledger", 2)).catchUp("ledger");
    assertThat(told()).isEqualTo(3);
    write("run_a", 1);
    var older = new Ledger("ledger", 1);
    assertThat(stepOf(older)).isFalse();
    assertThat(older.batches).hasValue(0);
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean stepOf(TailReader reader) throws SQLException {
    return step(reader).step(Duration.ofSeconds(10));
  }

  private TailStep step(TailReader reader) {
    return new TailStep(journal.database(), new JournalMark(journal.database()), reader);
  }

  @Test
  void aReaderWhoseVeryFirstBatchFailsIsTriedAgain() throws SQLException {
    write("run_a", 10);
    ledger.midway =
        _ -> {
          throw new IllegalStateException("at the first try");
        };
    var step = step(ledger);
    assertThatThrownBy(() -> step.step(Duration.ZERO)).hasMessageContaining("first try");
    ledger.midway = _ -> {};
    step.step(Duration.ZERO);
    assertThat(told()).isEqualTo(10);
  }

  @Test
  void aQuestionIsRefusedInTimeWhileANodeThatStandsStillOwnsTheReader() throws Exception {
    var mark = new JournalMark(journal.database());
    var tail = new Tail(journal.database(), mark, List.of(ledger), Duration.ofMillis(300));
    tail.catchUp("ledger");
    write("run_a", 1);
    try (var other = journal.database().getConnection()) {
      other.setAutoCommit(false);
      TailOffsets.lock(other, "ledger");
      var questions =
          IntStream.range(0, 4)
              .mapToObj(_ -> CompletableFuture.runAsync(() -> tail.catchUp("ledger")))
              .toList();
      for (var question : questions) {
        assertThat(question)
            .failsWithin(Duration.ofSeconds(5))
            .withThrowableThat()
            .withMessageContaining("behind the journal");
      }
      other.rollback();
      other.setAutoCommit(true);
    }
    tail.catchUp("ledger");
    assertThat(told()).isOne();
  }

  @Test
  void whatCannotBeDecodedIsToldAsSuch() throws SQLException {
    write("run_a", 3);
    journal.execute(
        "UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'FromTheFuture' WHERE \"ordering\" ="
            + " 2");
    try (var connection = journal.database().getConnection()) {
      var page = TailPage.read(connection, 0, 3);
      assertThat(page.rows()).hasSize(3);
      assertThat(page.rows().get(1).event()).isInstanceOf(Unreadable.class);
    }
  }

  @Test
  void rowsOfOthersAreSteppedOver() throws SQLException {
    write("run_a", 3);
    journal.execute("UPDATE \"event_journal\" SET \"event_ser_id\" = 14 WHERE \"ordering\" = 3");
    var tail = tail(ledger);
    tail.catchUp("ledger");
    assertThat(told()).isEqualTo(2);
    assertThat(tail.standings().getFirst().behind()).isZero();
  }

  @Test
  void whoIsStillWritingIsWaitedForAndNobodyIsToldLess() throws Exception {
    write("run_a", 1);
    var connection = journal.database().getConnection();
    connection.setAutoCommit(false);
    try (var insert = connection.createStatement()) {
      insert.executeUpdate(
          """
          INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
            "write_timestamp", "adapter_manifest", "event_payload", "event_ser_id",
            "event_ser_manifest")
          SELECT 'Run|run_b', 1, '', 0, '', "event_payload", "event_ser_id", "event_ser_manifest"
          FROM "event_journal" WHERE "ordering" = 1\
          """);
    }
    write("run_a", 1);
    var tail = tail(ledger);
    var caughtUp = CompletableFuture.runAsync(() -> tail.catchUp("ledger"));
    Thread.sleep(300);
    assertThat(caughtUp).isNotDone();
    connection.commit();
    caughtUp.join();
    assertThat(told()).isEqualTo(3);
    connection.setAutoCommit(true);
    connection.close();
  }

  @Test
  void whatTakesTooLongIsRefusedInsteadOfToldWrong() throws Exception {
    var tail = tail(ledger);
    tail.catchUp("ledger");
    write("run_a", 1);
    tail.close();
    assertThatExceptionOfType(ReaderBehindException.class)
        .isThrownBy(() -> tail.catchUp("ledger"))
        .withMessageContaining("behind the journal");
  }

  @Test
  void noTwoReadersHaveOneName() {
    assertThatThrownBy(() -> tail(ledger, new Ledger("ledger")))
        .hasMessageContaining("one reader called ledger");
  }
}

package dev.muster.orchestrator.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.orchestrator.journal.storage.Vendor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who owns a reader: several nodes, one that dies or stands still, another version of it.
@ParameterizedClass
@EnumSource(Vendor.class)
class TailOwnersTest extends TailFixture {
  TailOwnersTest(Vendor vendor) {
    super(vendor);
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

  private boolean sizeIsAtLeast(long expected) {
    try {
      return told() >= expected;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
}

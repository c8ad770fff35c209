package dev.muster.orchestrator.journal.tail;

import static dev.muster.orchestrator.readside.view.Journal.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.view.ReaderStanding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class TailTest extends TailFixture {
  TailTest(Vendor vendor) {
    super(vendor);
  }

  @Test
  void everyEventIsToldOnceHoweverManyBatchesItTakes() throws SQLException {
    write("run_a", Tail.ROWS_MAX - 300);
    write("run_b", 600);
    var tail = tail(ledger);
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
  void whoeverNamesEventsIsToldOfNoOthersAndIsNoLessFarForIt() throws SQLException {
    var wanted = EventNames.namesOf(RunPaused.class);
    var picky = new Ledger("picky", 1, wanted);
    var tail = tail(picky, ledger);
    write("run_a", 3);
    tail.catchUp("picky");
    assertThat(picky.batches).as("nothing for it").hasValue(0);
    assertThat(tail.standings().getFirst().behind()).isZero();
    journal.write(Origin.run("run_b"), new RunPaused(List.of(), "anna", T0));
    write("run_a", 2);
    tail.catchUp("picky");
    tail.catchUp("ledger");
    assertThat(picky.size(journal.database())).isEqualTo(1);
    assertThat(told()).isEqualTo(6);
    assertThat(tail.standings()).extracting(ReaderStanding::behind).containsExactly(0L, 0L);
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

  @Test
  void whatCannotBeDecodedIsToldAsSuch() throws SQLException {
    write("run_a", 3);
    journal.execute(
        "UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'FromTheFuture' WHERE \"ordering\" ="
            + " 2");
    try (var connection = journal.database().getConnection()) {
      var page = TailPage.read(connection, Set.of(), 0, 3);
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
    assertThatExceptionOfType(ReaderBehindException.class)
        .isThrownBy(() -> tail(Duration.ofMillis(300), ledger).catchUp("ledger"));
    assertThat(told()).isLessThanOrEqualTo(1);
    var caughtUp = CompletableFuture.runAsync(() -> tail(ledger).catchUp("ledger"));
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

  private boolean sizeIs(long expected) {
    try {
      return told() == expected;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

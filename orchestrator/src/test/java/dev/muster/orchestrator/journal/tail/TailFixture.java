package dev.muster.orchestrator.journal.tail;

import static dev.muster.orchestrator.readside.view.Journal.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent.RunContinued;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// One journal, and a reader that writes down what it is told.
abstract class TailFixture {
  /// For a machine that is busy.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Vendor vendor;
  Journal journal;
  final Ledger ledger = new Ledger("ledger");

  TailFixture(Vendor vendor) {
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

  Tail tail(TailReader... readers) {
    return tail(PATIENCE, readers);
  }

  Tail tail(Duration patience, TailReader... readers) {
    return new Tail(
        journal.database(), new JournalMark(journal.database()), List.of(readers), patience);
  }

  void write(String run, int events) {
    journal.writeMany(Origin.run(run), events, _ -> new RunContinued("node-a", T0));
  }

  long told() throws SQLException {
    return ledger.size(journal.database());
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as("waited for " + PATIENCE).isNegative();
      Thread.sleep(10);
    }
  }
}

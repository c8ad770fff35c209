package dev.muster.orchestrator.journal.tail;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.T0;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent.RunContinued;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ParameterizedClass
@EnumSource(Vendor.class)
class JournalMarkTest {
  private static final Duration WRITER_MAX = Duration.ofMinutes(1);

  private final AtomicLong now = new AtomicLong();
  private final Vendor vendor;
  private Journal journal;
  private JournalMark mark;

  JournalMarkTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(vendor.open(folder));
    mark = new JournalMark(journal.database());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void write(int events) {
    for (var i = 0; i < events; i++) journal.run(new RunContinued("a", T0));
  }

  /// A writer that has taken a number and not committed it.
  private Connection writer(String entity) throws SQLException {
    var connection = journal.database().getConnection();
    connection.setAutoCommit(false);
    insert(connection, entity);
    return connection;
  }

  private static void insert(Connection connection, String entity) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
              "write_timestamp", "adapter_manifest", "event_payload", "event_ser_id",
              "event_ser_manifest") VALUES (?, 1, '', 0, '', ?, 1, '')\
            """)) {
      insert.setString(1, entity);
      insert.setBytes(2, new byte[0]);
      insert.executeUpdate();
    }
  }

  private static void end(Connection writer, boolean commit) throws SQLException {
    if (commit) writer.commit();
    else writer.rollback();
    writer.setAutoCommit(true);
    writer.close();
  }

  @Test
  void anEmptyJournalEndsAtNothing() {
    assertThat(mark.current()).isZero();
  }

  @Test
  void itWaitsForWhoeverHasTakenASmallerNumber() throws SQLException {
    write(1);
    var writer = writer("Run|late");
    write(2);
    assertThat(mark.current()).isEqualTo(1);
    assertThat(mark.current()).isEqualTo(1);
    end(writer, true);
    assertThat(mark.current()).isEqualTo(4);
  }

  @Test
  void aNumberThatWasRolledBackHoldsUpNobody() throws SQLException {
    write(1);
    var writer = writer("Run|never");
    write(2);
    assertThat(mark.current()).isEqualTo(1);
    end(writer, false);
    assertThat(mark.current()).isEqualTo(4);
  }

  @Test
  void aGapThatNobodyIsWritingInIsPassedAtOnce() {
    write(1);
    journal.writeAt(900, Origin.run(RUN), new RunContinued("a", T0));
    assertThat(mark.current()).isEqualTo(900);
  }

  @Test
  void writersThatBeginLaterAreNotWaitedFor() throws SQLException {
    write(1);
    var first = writer("Run|first");
    write(1);
    assertThat(mark.current()).isEqualTo(1);
    var second = writer("Run|second");
    write(1);
    end(first, false);
    assertThat(mark.current()).as("3 is complete, 4 is still being written").isEqualTo(3);
    end(second, true);
    assertThat(mark.current()).isEqualTo(5);
  }

  @Test
  void aTransactionThatNeverEndsHoldsUpEverybodyOnlySoLong() throws SQLException {
    mark = new JournalMark(journal.database(), WRITER_MAX, now::get);
    write(1);
    var writer = writer("Run|stuck");
    write(1);
    assertThat(mark.current()).isEqualTo(1);
    now.addAndGet(WRITER_MAX.toNanos());
    assertThat(mark.current()).isEqualTo(3);
    end(writer, false);
  }

  @Test
  void whatWasWaitedForBeforeIsNotHeldAgainstALaterGap() throws SQLException {
    mark = new JournalMark(journal.database(), WRITER_MAX, now::get);
    var said = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger(JournalMark.class);
    said.start();
    log.setLevel(Level.WARN);
    log.addAppender(said);
    try {
      write(1);
      var writer = writer("Run|busy");
      write(1);
      assertThat(mark.current()).isEqualTo(1);
      writer.commit();
      insert(writer, "Run|busy-again");
      write(1);
      now.addAndGet(WRITER_MAX.toNanos());
      assertThat(mark.current()).isEqualTo(3);
      end(writer, true);
      assertThat(mark.current()).isEqualTo(5);
    } finally {
      log.detachAppender(said);
      log.setLevel(null);
    }
    assertThat(said.list).isEmpty();
  }
}

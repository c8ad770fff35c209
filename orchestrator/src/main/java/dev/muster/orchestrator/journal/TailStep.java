package dev.muster.orchestrator.journal;

import dev.muster.orchestrator.journal.TailOffsets.Offset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// One reader of the tail as this node moves it on: a batch is one transaction, which holds the
/// reader's row, has the reader write, and moves its offset.
final class TailStep {
  private final DataSource database;
  private final JournalMark mark;
  private final TailReader reader;

  /// In one JVM one thread at a time: the others would only wait for the row.
  private final ReentrantLock turn = new ReentrantLock();

  private volatile boolean entered;
  private volatile @Nullable String problem;

  TailStep(DataSource database, JournalMark mark, TailReader reader) {
    this.database = database;
    this.mark = mark;
    this.reader = reader;
  }

  /// How far the reader is in the database, and how far the journal goes as far as it is visible.
  record Reach(long seq, long newest, boolean current) {
    boolean covers(long wanted) {
      return current && seq >= wanted;
    }
  }

  Reach reach() throws SQLException {
    try (var connection = database.getConnection()) {
      enter(connection);
      // The journal first: what is told of the reader may only be newer.
      var newest = JournalMark.newest(connection);
      var offset = TailOffsets.look(connection, reader.name());
      return offset == null
          ? new Reach(0, newest, false)
          : new Reach(offset.seq(), newest, offset.version() == reader.version());
    }
  }

  TailReader reader() {
    return reader;
  }

  @Nullable String problem() {
    return problem;
  }

  /// Takes in at most one batch.
  ///
  /// @param patient waits while another node owns the reader, instead of leaving it to that node
  /// @return whether there may be more to take in at once
  boolean step(boolean patient) throws SQLException {
    turn.lock();
    try {
      var until = mark.current();
      var more = Sql.transaction(database, connection -> batch(connection, until, patient));
      problem = null;
      return more;
    } catch (SQLException | RuntimeException e) {
      problem = e.getMessage() == null ? e.toString() : e.getMessage().strip();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private boolean batch(Connection connection, long until, boolean patient) throws SQLException {
    enter(connection);
    var looked = TailOffsets.look(connection, reader.name());
    if (looked == null || !wants(looked, until)) return false;
    var held =
        patient
            ? TailOffsets.lock(connection, reader.name())
            : TailOffsets.tryLock(connection, reader.name());
    if (held == null || !wants(held, until)) return false;
    var from = held.seq();
    if (held.version() != reader.version()) {
      reader.clear(connection);
      from = 0;
    }
    var page = TailPage.read(connection, from, until);
    if (!page.rows().isEmpty()) reader.apply(connection, page.rows());
    TailOffsets.move(connection, reader, Math.max(from, page.end()));
    return page.end() < until;
  }

  /// While nodes are brought up to date one by one, the newest reader is the one that counts.
  private boolean wants(Offset offset, long until) {
    return offset.version() < reader.version()
        || (offset.version() == reader.version() && offset.seq() < until);
  }

  /// Drops what the reader has written, and has it begin anew.
  void rebuild() throws SQLException {
    turn.lock();
    try {
      Sql.transaction(
          database,
          connection -> {
            enter(connection);
            TailOffsets.lock(connection, reader.name());
            reader.clear(connection);
            TailOffsets.move(connection, reader, 0);
            return true;
          });
    } finally {
      turn.unlock();
    }
  }

  private void enter(Connection connection) throws SQLException {
    if (entered) return;
    TailOffsets.enter(connection, reader);
    entered = true;
  }
}

package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.TailOffsets.Offset;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

  /// Where the last batch of this node has ended; -1 when it was rolled back. Used by whoever has
  /// the turn.
  private volatile long left = -1;

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
    enter();
    try (var connection = database.getConnection()) {
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

  /// Takes in at most one batch, and nothing while another node owns the reader.
  ///
  /// @param waitMax for whoever has the turn in this JVM
  /// @return whether there may be more to take in at once
  boolean step(Duration waitMax) throws SQLException {
    if (!tryTurn(waitMax)) return false;
    try {
      enter();
      var until = mark.current();
      var end = Sql.transaction(database, connection -> batch(connection, until));
      problem = null;
      if (end < 0) return false;
      left = end;
      return end < until;
    } catch (SQLException | RuntimeException e) {
      left = -1;
      problem = e.getMessage() == null ? e.toString() : e.getMessage().strip();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /// Takes in at most one batch without waiting for whoever has the turn, and does not repeat what
  /// has just failed: whoever follows does that.
  ///
  /// @return how far it has come; 0 while another version of it is what counts
  long advance() throws SQLException {
    var before = left;
    if (mark.current() == before) return before;
    try {
      if (problem == null) step(Duration.ZERO);
      var now = left;
      if (now > before) return now;
    } catch (SQLException | RuntimeException _) {
      // It stands where it stood, and says why.
    }
    var reach = reach();
    return reach.current() ? reach.seq() : 0;
  }

  /// Nobody interrupts these threads; one that is would close the file of H2 if it went on so.
  private boolean tryTurn(Duration waitMax) {
    try {
      return turn.tryLock(waitMax.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }

  /// @return where it has ended; -1 where there was none
  private long batch(Connection connection, long until) throws SQLException {
    var looked = TailOffsets.look(connection, reader.name());
    if (looked == null || !wants(looked, until)) return -1;
    var held = TailOffsets.tryLock(connection, reader.name());
    if (held == null || !wants(held, until)) return -1;
    var from = held.seq();
    if (held.version() != reader.version()) {
      reader.clear(connection);
      from = 0;
    }
    if (from != left) reader.forget();
    var page = TailPage.read(connection, reader.events(), from, until);
    if (!page.rows().isEmpty()) reader.apply(connection, page.rows());
    var end = Math.max(from, page.end());
    TailOffsets.move(connection, reader, end);
    return end;
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
      left = -1;
      enter();
      Sql.transaction(
          database,
          connection -> {
            TailOffsets.lock(connection, reader.name());
            reader.clear(connection);
            TailOffsets.move(connection, reader, 0);
            return true;
          });
    } finally {
      turn.unlock();
    }
  }

  /// A commit of its own: a batch that fails must not take the reader's row with it.
  private void enter() throws SQLException {
    if (entered) return;
    try (var connection = database.getConnection()) {
      TailOffsets.enter(connection, reader);
    }
    entered = true;
  }
}

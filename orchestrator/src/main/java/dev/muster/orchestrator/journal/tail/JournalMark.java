package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far the journal is complete. Numbers are given out before a commit, so events become visible
/// out of order, and a rollback leaves a number out for ever.
///
/// Numbers without a gap are complete as they are. Behind a gap the database is asked who is still
/// writing: whoever had taken a smaller number before the newest visible one was given out is among
/// them. Once all of those have ended, nothing at or below that newest number can appear any more,
/// whatever is missing there. So nothing is waited for that nobody is writing, and nobody who
/// writes ever waits.
public final class JournalMark {
  private static final Logger LOG = LoggerFactory.getLogger(JournalMark.class);

  /// A transaction that stays open for so long does not hold up everybody for longer.
  static final Duration WRITER_MAX = Duration.ofSeconds(60);

  private static final int PAGE_ROWS = 5_000;

  /// Every writer holds this lock from before it takes its first number until it has ended. The
  /// name of a transaction is never used again.
  private static final String POSTGRESQL_WRITERS =
      """
      SELECT virtualtransaction FROM pg_locks
      WHERE locktype = 'relation' AND relation = '"event_journal"'::regclass
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()\
      """;

  /// A session that is about to write, or has written what is not committed. It is known by its own
  /// name, so one that is not writing at one look has ended whatever it was writing before.
  private static final String H2_WRITERS =
      """
      SELECT CAST(session_id AS VARCHAR) FROM information_schema.sessions
      WHERE session_id <> SESSION_ID()
      AND (contains_uncommitted OR LOWER(executing_statement) LIKE 'insert%')\
      """;

  /// H2 stumbles (NullPointerException) over a transaction that ends in the moment in which it is
  /// asked about: the next look no longer finds it.
  private static final int H2_TRIES = 5;

  private static final int H2_GENERAL_ERROR = 50_000;

  private final DataSource database;
  private final Duration writerMax;
  private final LongSupplier nanos;
  private long mark;
  private @Nullable Candidate candidate;

  /// @param top the newest number that was visible when the writers were looked up
  /// @param writers those of them who have not been seen to end
  private record Candidate(long top, Set<String> writers, long sinceNanos) {}

  public JournalMark(DataSource database) {
    this(database, WRITER_MAX, System::nanoTime);
  }

  /// @param nanos a clock that only goes on
  JournalMark(DataSource database, Duration writerMax, LongSupplier nanos) {
    this.database = database;
    this.writerMax = writerMax;
    this.nanos = nanos;
  }

  /// Everything at or below it is seen by whoever reads after asking for it. Never goes back.
  public synchronized long current() {
    try (var connection = database.getConnection()) {
      return advance(connection);
    } catch (SQLException e) {
      throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  /// The newest event that is visible, whatever may still appear before it; 0 when there is none.
  long newest() {
    try (var connection = database.getConnection()) {
      return newest(connection);
    } catch (SQLException e) {
      throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  private long advance(Connection connection) throws SQLException {
    var top = newest(connection);
    if (top > mark && top - mark <= PAGE_ROWS) advanceUnbroken(connection, top);
    // What it was waited for has come: its time must not count for a later gap.
    if (candidate != null && candidate.top() <= mark) candidate = null;
    while (mark < top) {
      if (candidate == null) candidate = candidate(connection, top);
      if (!isComplete(candidate, connection)) break;
      mark = Math.max(mark, candidate.top());
      candidate = null;
    }
    return mark;
  }

  /// Numbers up to the newest, since PostgreSQL goes through the whole journal for those that have
  /// no end while it has not counted its rows.
  private void advanceUnbroken(Connection connection, long top) throws SQLException {
    var page =
        Sql.all(
            connection,
            "SELECT \"ordering\" FROM \"event_journal\" WHERE \"ordering\" > ? AND \"ordering\" <="
                + " ? ORDER BY \"ordering\"",
            row -> row.getLong(1),
            List.of(mark, top));
    for (var seq : page) {
      if (seq != mark + 1) return;
      mark = seq;
    }
  }

  /// Writers are looked up after the newest number was seen, or one of them could be overlooked.
  private Candidate candidate(Connection connection, long top) throws SQLException {
    return new Candidate(top, writers(connection), nanos.getAsLong());
  }

  private boolean isComplete(Candidate it, Connection connection) throws SQLException {
    if (it.writers().isEmpty()) return true;
    it.writers().retainAll(writers(connection));
    if (it.writers().isEmpty()) return true;
    if (nanos.getAsLong() - it.sinceNanos() < writerMax.toNanos()) return false;
    LOG.warn(
        "somebody has had the journal open for writing for {}: what they write before event {} will"
            + " be told late",
        writerMax,
        it.top());
    return true;
  }

  private static Set<String> writers(Connection connection) throws SQLException {
    if (!Sql.isH2(connection)) return writers(connection, POSTGRESQL_WRITERS);
    for (var tries = H2_TRIES; ; tries--) {
      try {
        return writers(connection, H2_WRITERS);
      } catch (SQLException e) {
        if (e.getErrorCode() != H2_GENERAL_ERROR || tries == 1) throw e;
      }
    }
  }

  private static Set<String> writers(Connection connection, String sql) throws SQLException {
    return new HashSet<>(Sql.all(connection, sql, row -> row.getString(1), List.of()));
  }

  static long newest(Connection connection) throws SQLException {
    var found =
        Sql.one(
            connection,
            "SELECT MAX(\"ordering\") FROM \"event_journal\"",
            row -> row.getLong(1),
            List.of());
    return found == null ? 0 : found;
  }
}

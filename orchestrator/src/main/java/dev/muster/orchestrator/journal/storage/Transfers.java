package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Transactions that move contents: few at once, and again when the connection is lost.
final class Transfers {
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  /// Each holds a connection, and the pool serves everything else too.
  private static final int AT_ONCE_MAX = 2;

  private static final int TRIES_MAX = 7;

  private final DataSource source;
  private final Duration firstPause;
  private final Semaphore free = new Semaphore(AT_ONCE_MAX, true);

  /// @param firstPause before the second try; doubles with each further one
  Transfers(DataSource source, Duration firstPause) {
    this.source = source;
    this.firstPause = firstPause;
  }

  /// Commits what the work has done. The work may be begun anew any number of times.
  ///
  /// @param what it does, for messages
  <T> T run(String what, Sql.Work<T, IOException> work) throws IOException {
    for (var tries = 1; ; tries++) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (Thread.currentThread().isInterrupted()) throw interrupted(what);
        if (!isConnectionLost(e)) throw refused(what, e);
        if (tries == TRIES_MAX) {
          throw new Artifacts.UnreachableException(
              "the database does not answer (%s): %s was given up after %d tries"
                  .formatted(e.getMessage(), what, tries),
              e);
        }
        LOG.warn("{} is tried again: {}", what, e.getMessage());
        pause(what, firstPause.multipliedBy(1L << (tries - 1)));
      }
    }
  }

  private <T> T once(Sql.Work<T, IOException> work) throws SQLException, IOException {
    try {
      free.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw interrupted("waiting for other transfers");
    }
    try {
      return Sql.transaction(source, work);
    } catch (SqlIOException e) {
      throw e.sql();
    } finally {
      free.release();
    }
  }

  private static boolean isConnectionLost(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    return e instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("53300");
  }

  private static IOException refused(String what, SQLException e) {
    return new IOException(
        "53100".equals(e.getSQLState())
            ? what + " failed: the database server has no room left; free some and try again"
            : what + " failed in the database: " + e.getMessage(),
        e);
  }

  private static void pause(String what, Duration pause) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw interrupted(what);
    }
  }

  private static InterruptedIOException interrupted(String what) {
    return new InterruptedIOException("interrupted: " + what);
  }
}

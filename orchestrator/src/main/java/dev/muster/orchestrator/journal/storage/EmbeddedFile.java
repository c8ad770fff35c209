package dev.muster.orchestrator.journal.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/// How H2 keeps its file, where statements cannot say it, or would have it kept in the file.
final class EmbeddedFile {
  private static final int KIB_PER_MIB = 1024;

  /// Longer than anything takes that is written at once.
  private static final int AT_ONCE_MILLIS = 600_000;

  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  private EmbeddedFile() {}

  private static MVStore of(Connection connection) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }

  /// Lets go of the pages that are kept in memory: up to 64 MB for each GB that the heap may have,
  /// which H2 never gives back by itself.
  static void forgetPages(Connection connection) throws SQLException {
    var store = of(connection);
    var mib = store.getCacheSize();
    // It empties the memory whose size it is given, also when that is the one it has.
    if (mib > 0) store.setCacheSize(mib * KIB_PER_MIB);
  }

  /// What is committed meanwhile is written through at the end, not one by one. The file of a
  /// process that is killed before has some of it, in the order in which it was committed.
  static void writtenAtOnce(Connection connection, Work work) throws SQLException {
    var store = of(connection);
    var delay = store.getAutoCommitDelay();
    store.setAutoCommitDelay(AT_ONCE_MILLIS);
    try {
      work.run();
    } finally {
      store.setAutoCommitDelay(delay);
      store.commit();
    }
  }
}

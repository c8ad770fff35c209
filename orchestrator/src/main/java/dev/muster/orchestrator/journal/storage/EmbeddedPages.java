package dev.muster.orchestrator.journal.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/// H2's memory of the pages of its file: up to 64 MB for each GB that the heap may have, which it
/// never gives back by itself. `SET CACHE_SIZE` would do so too, but is kept in the file.
final class EmbeddedPages {
  private static final int KIB_PER_MIB = 1024;

  private EmbeddedPages() {}

  /// False where there is no file.
  static boolean forget(Connection connection) throws SQLException {
    if (!(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
      return false;
    }
    var store = session.getDatabase().getStore().getMvStore();
    var mib = store.getCacheSize();
    if (mib == 0) return false;
    // It empties the memory whose size it is given, also when that is the one it has.
    store.setCacheSize(mib * KIB_PER_MIB);
    return true;
  }
}

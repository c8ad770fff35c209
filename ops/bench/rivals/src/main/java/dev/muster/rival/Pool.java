package dev.muster.rival;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/// Connections of a rival, of a fixed number and all open before anything is measured.
final class Pool {
  private Pool() {}

  /// @param args of a rival: workers, address, user, password
  static HikariDataSource open(String[] args, int connections) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(args[1]);
    pool.setUsername(args[2]);
    pool.setPassword(args[3]);
    pool.setMaximumPoolSize(connections);
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(pool);
  }
}

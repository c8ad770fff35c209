package dev.muster.orchestrator.storage;

import dev.muster.testkit.PostgresServer;

/// Databases of a real PostgreSQL.
public final class Postgres {
  /// An empty database that nobody else uses.
  public static DatabaseSettings fresh() {
    return new DatabaseSettings(PostgresServer.freshDatabase(), PostgresServer.USER, "");
  }

  private Postgres() {}
}

package dev.muster.orchestrator.journal.storage;

import dev.muster.testkit.PostgresServer;

/// Databases of a real PostgreSQL.
public final class Postgres {
  /// An empty database that nobody else uses.
  public static DatabaseSettings fresh() {
    return settings(PostgresServer.freshDatabase());
  }

  /// The same, in the order of English.
  public static DatabaseSettings sortingAsEnglish() {
    return settings(PostgresServer.freshDatabaseInEnglish());
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, PostgresServer.USER, "");
  }

  private Postgres() {}
}

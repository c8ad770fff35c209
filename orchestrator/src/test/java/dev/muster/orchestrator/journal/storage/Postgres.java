package dev.muster.orchestrator.journal.storage;

import dev.muster.testkit.PostgresServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Databases of a real PostgreSQL.
public final class Postgres {
  private static @Nullable String ofThisSchema;

  /// An empty database that nobody else uses.
  public static DatabaseSettings fresh() {
    return settings(PostgresServer.freshDatabase());
  }

  /// A database that nobody else uses, empty but for its schema, which only the first of a JVM is
  /// given by migrations: all others are copies of it.
  ///
  /// @param data a folder that can be written
  static synchronized DatabaseSettings withSchema(Path data) {
    var first = ofThisSchema;
    if (first == null) {
      first = PostgresServer.freshDatabase();
      Database.open(settings(first), data).close();
      ofThisSchema = first;
    }
    return settings(PostgresServer.copyOf(first));
  }

  /// An empty one, in the order of English.
  public static DatabaseSettings sortingAsEnglish() {
    return settings(PostgresServer.freshDatabaseInEnglish());
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, PostgresServer.USER, "");
  }

  private Postgres() {}
}

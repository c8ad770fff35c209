package dev.muster.orchestrator.journal.storage;

import java.nio.file.Path;

/// The databases that everything must work with. Tests of what reads or writes the database run
/// once for each.
public enum Vendor {
  H2,
  POSTGRESQL;

  /// A database of this vendor that is empty but for its schema.
  ///
  /// @param data folder for what the vendor keeps in files
  public Database open(Path data) {
    return Database.open(settings(data), data);
  }

  private DatabaseSettings settings(Path data) {
    return switch (this) {
      case H2 -> DatabaseSettings.embedded(data);
      case POSTGRESQL -> Postgres.withSchema(data);
    };
  }
}

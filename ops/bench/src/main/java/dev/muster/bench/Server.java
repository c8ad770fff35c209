package dev.muster.bench;

import dev.muster.cli.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A PostgreSQL of this benchmark alone, with its settings as they come: every commit is forced to
/// the disk. Every round gets an empty database; the first starts the server.
final class Server implements AutoCloseable {
  private final LocalPostgres postgres;
  private int databases;

  Server(Path folder) {
    var cache = Path.of(System.getProperty("user.home"), ".cache", "muster");
    this.postgres = new LocalPostgres(folder, cache);
  }

  String user() {
    return postgres.user();
  }

  String password() {
    return postgres.password();
  }

  /// @return the address of an empty database
  String create() throws IOException {
    postgres.start();
    var name = "round_" + ++databases;
    try (var connection = DriverManager.getConnection(postgres.url(), user(), password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      statement.execute("CHECKPOINT"); // what the round before has left is not this one's to write
    } catch (SQLException e) {
      throw new IOException("no database for a round: " + e.getMessage(), e);
    }
    return postgres.url().substring(0, postgres.url().lastIndexOf('/') + 1) + name;
  }

  @Override
  public void close() {
    if (postgres.status().running()) postgres.stop();
  }
}

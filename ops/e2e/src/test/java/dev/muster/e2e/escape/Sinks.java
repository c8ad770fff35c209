package dev.muster.e2e.escape;

import dev.muster.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Where something arrives, and stays to be looked at: a server that is sent requests, a table of a
/// PostgreSQL, and a bare repository in the target.
///
/// @param database the URL of the one with the table
/// @param repository in the target
record Sinks(Sink server, String database, Path repository) implements AutoCloseable {
  static final String REPOSITORY = "shop.git";

  static Sinks open(Camp camp) throws IOException, SQLException {
    var repository = camp.target().resolve(REPOSITORY);
    Shell.run("git", "init", "--quiet", "--bare", repository.toString());
    var database = PostgresServer.freshDatabase();
    try (var connection = connection(database);
        var create = connection.createStatement()) {
      create.execute("CREATE TABLE heard (word TEXT NOT NULL)");
    }
    var server = new Sink(Files.createDirectory(camp.root().resolve("sink")));
    return new Sinks(server, database, repository);
  }

  /// Everything that has arrived, a line each: requests, rows, branches with what they hold.
  List<String> heard() throws IOException, SQLException {
    var heard = new ArrayList<>(server.heard());
    try (var connection = connection(database);
        var query = connection.createStatement();
        var rows = query.executeQuery("SELECT word FROM heard")) {
      while (rows.next()) heard.add(rows.getString(1));
    }
    var branches =
        Shell.run(
            "git",
            "-c",
            "safe.directory=*",
            "-C",
            repository.toString(),
            "for-each-ref",
            "--format=%(refname) %(subject)");
    branches.lines().forEach(heard::add);
    return heard;
  }

  private static Connection connection(String database) throws SQLException {
    return DriverManager.getConnection(database, PostgresServer.USER, "");
  }

  @Override
  public void close() {
    server.close();
  }
}

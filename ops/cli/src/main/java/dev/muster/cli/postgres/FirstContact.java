package dev.muster.cli.postgres;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Waits until a server answers to the password, and makes our database in it.
record FirstContact(String url, String user, String password) {
  private static final int LOOKS_MAX = 300;

  void await() {
    var server = url.substring(0, url.lastIndexOf('/') + 1) + "postgres";
    var last = "";
    for (var look = 0; look < LOOKS_MAX; look++) {
      try (var connection = connect(server)) {
        create(connection);
        return;
      } catch (SQLException e) {
        last = String.valueOf(e.getMessage());
        if (String.valueOf(e.getSQLState()).startsWith("28")) throw refused(last, e);
      }
      LocalPostgres.sleep();
    }
    throw new Refusal(
        Exit.UNREACHABLE,
        "PostgreSQL at " + url + " has started but does not answer: " + last,
        null);
  }

  private Connection connect(String address) throws SQLException {
    var properties = new Properties();
    properties.put("user", user);
    properties.put("password", password);
    properties.put("connectTimeout", "5");
    properties.put("socketTimeout", "30");
    return DriverManager.getConnection(address, properties);
  }

  private static void create(Connection server) throws SQLException {
    var name = PostgresFolder.DATABASE;
    try (var statement = server.createStatement()) {
      try (var found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
        if (found.next()) return;
      }
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      if (!"42P04".equals(e.getSQLState())) throw e; // somebody was quicker
    }
  }

  private Refusal refused(String said, SQLException e) {
    return new Refusal(
        Exit.NOT_ALLOWED,
        "what answers at " + url + " does not know our password: " + said,
        "look whether another PostgreSQL has taken that port",
        e);
  }
}

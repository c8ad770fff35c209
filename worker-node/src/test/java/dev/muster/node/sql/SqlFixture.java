package dev.muster.node.sql;

import dev.muster.node.models.KeySource;
import dev.muster.node.sql.SqlSource.Limits;
import dev.muster.testkit.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// A database of a real server: a table of one row, a sequence, and a function that writes, of
/// which agents are its superuser.
public final class SqlFixture {
  public static final String PASSWORD = "hush-hush-17";

  public final String url = PostgresServer.freshDatabase();

  public SqlFixture() {
    for (var statement :
        List.of(
            "CREATE TABLE t (id int PRIMARY KEY, name text)",
            "INSERT INTO t VALUES (1, 'one')",
            "CREATE SEQUENCE s",
            "CREATE MATERIALIZED VIEW m AS SELECT * FROM t",
            "CREATE FUNCTION grow() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO t SELECT"
                + " max(id) + 1 FROM t; RETURN 1; END'",
            "CREATE FUNCTION grown(int) RETURNS int LANGUAGE sql AS 'INSERT INTO t SELECT $1 + 10"
                + " RETURNING id'",
            "CREATE PROCEDURE renew() LANGUAGE plpgsql AS 'BEGIN COMMIT; SET TRANSACTION READ"
                + " WRITE; DELETE FROM t; END'")) {
      run(statement);
    }
  }

  public SqlSource source(Limits limits) {
    return new SqlSource("orders", url, PostgresServer.USER, password(), limits);
  }

  public SqlDoor door() {
    return new SqlDoor(source(new Limits(5, 4_000, Duration.ofSeconds(10))));
  }

  /// The same, found elsewhere.
  public SqlDoor behind(String other, Duration timeMax) {
    var limits = new Limits(5, 4_000, timeMax);
    return new SqlDoor(new SqlSource("orders", other, PostgresServer.USER, password(), limits));
  }

  private static KeySource password() {
    return new KeySource() {
      @Override
      public String reveal() {
        return PASSWORD;
      }

      @Override
      public String words() {
        return "test";
      }
    };
  }

  public void run(String statement) {
    try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
        var run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Everything that somebody could have changed.
  public String state() {
    return one(
        """
        SELECT (SELECT string_agg(id || coalesce(name, '-'), ',' ORDER BY id) FROM t) || ' '
          || (SELECT last_value || ':' || is_called FROM s) || ' '
          || (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace) || ' '
          || (SELECT count(*) FROM pg_largeobject_metadata) || ' '
          || (SELECT count(*) FROM pg_db_role_setting)
        """);
  }

  public String one(String query) {
    try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
        var run = connection.createStatement();
        var rows = run.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

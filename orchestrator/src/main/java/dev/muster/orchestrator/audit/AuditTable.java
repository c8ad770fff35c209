package dev.muster.orchestrator.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `security_audit`. Several orchestrators append to one chain: who comes second finds
/// the number taken, reads on and tries again.
final class AuditTable {
  private static final int TRIES_MAX = 50;
  private static final String COLUMNS = "seq, entry, previous, hash";

  private final DataSource database;
  private Chain.@Nullable Link last;

  AuditTable(DataSource database) {
    this.database = database;
  }

  /// One text to be appended.
  record Text(String kind, String json) {}

  /// All or none, in this order.
  List<Chain.Link> append(List<Text> texts) throws SQLException {
    for (var tries = 1; ; tries++) {
      try (var connection = database.getConnection()) {
        return append(connection, texts);
      } catch (SQLException e) {
        last = null;
        var isTaken = String.valueOf(e.getSQLState()).startsWith("23");
        if (!isTaken || tries == TRIES_MAX) throw e;
      }
    }
  }

  private List<Chain.Link> append(Connection connection, List<Text> texts) throws SQLException {
    var isAuto = connection.getAutoCommit();
    connection.setAutoCommit(false);
    var sql =
        "INSERT INTO security_audit (seq, kind, entry, previous, hash) VALUES (?, ?, ?, ?, ?)";
    try (var insert = connection.prepareStatement(sql)) {
      var links = new ArrayList<Chain.Link>();
      var before = last == null ? newest(connection) : last;
      for (var text : texts) {
        before = Chain.link(before, text.json());
        links.add(before);
        insert.setLong(1, before.seq());
        insert.setString(2, text.kind());
        insert.setString(3, before.entry());
        insert.setString(4, before.previous());
        insert.setString(5, before.hash());
        insert.executeUpdate();
      }
      connection.commit();
      last = before;
      return links;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(isAuto);
    }
  }

  private static Chain.@Nullable Link newest(Connection connection) throws SQLException {
    var sql = "SELECT " + COLUMNS + " FROM security_audit ORDER BY seq DESC LIMIT 1";
    try (var select = connection.prepareStatement(sql);
        var row = select.executeQuery()) {
      return row.next() ? link(row) : null;
    }
  }

  /// The next after a number, in order.
  List<Chain.Link> after(long seq, int count) {
    return read("WHERE seq > ? ORDER BY seq LIMIT ?", seq, count);
  }

  /// The last before a number, newest first.
  List<Chain.Link> before(long seq, int count) {
    return read("WHERE seq < ? ORDER BY seq DESC LIMIT ?", seq, count);
  }

  private List<Chain.Link> read(String which, long seq, int count) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement("SELECT " + COLUMNS + " FROM security_audit " + which)) {
      select.setLong(1, seq);
      select.setInt(2, count);
      var links = new ArrayList<Chain.Link>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) links.add(link(rows));
      }
      return links;
    } catch (SQLException e) {
      throw new IllegalStateException("the audit log cannot be read", e);
    }
  }

  private static Chain.Link link(ResultSet row) throws SQLException {
    return new Chain.Link(row.getLong(1), row.getString(2), row.getString(3), row.getString(4));
  }
}

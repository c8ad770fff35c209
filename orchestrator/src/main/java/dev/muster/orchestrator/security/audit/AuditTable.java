package dev.muster.orchestrator.security.audit;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
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

  private final Rows<IllegalStateException> rows;
  private Chain.@Nullable Link last;

  AuditTable(DataSource database) {
    this.rows = Rows.of(database, "the audit log");
  }

  /// One text to be appended.
  ///
  /// @param source what is not appended twice; null for what nobody tells twice
  record Text(String kind, String json, @Nullable String source) {}

  /// All or none, in this order, without those that are there already.
  List<Chain.Link> append(List<Text> texts) throws SQLException {
    for (var tries = 1; ; tries++) {
      try {
        var links = Sql.transaction(rows.database(), connection -> append(connection, texts));
        if (!links.isEmpty()) last = links.getLast();
        return links;
      } catch (SQLException e) {
        last = null;
        if (!Sql.isTaken(e) || tries == TRIES_MAX) throw e;
      }
    }
  }

  private List<Chain.Link> append(Connection connection, List<Text> texts) throws SQLException {
    var links = new ArrayList<Chain.Link>();
    var before = last == null ? newest(connection) : last;
    for (var text : texts) {
      if (text.source() != null && isThere(connection, text.source())) continue;
      before = Chain.link(before, text.json());
      links.add(before);
      Sql.update(
          connection,
          "INSERT INTO security_audit (seq, kind, entry, previous, hash) VALUES (?, ?, ?, ?, ?)",
          List.of(before.seq(), text.kind(), before.entry(), before.previous(), before.hash()));
      if (text.source() == null) continue;
      Sql.update(
          connection,
          "INSERT INTO audited_once (source, seq) VALUES (?, ?)",
          List.of(text.source(), before.seq()));
    }
    return links;
  }

  private static boolean isThere(Connection connection, String source) throws SQLException {
    var seq =
        Sql.one(
            connection,
            "SELECT seq FROM audited_once WHERE source = ?",
            row -> row.getLong(1),
            List.of(source));
    return seq != null;
  }

  private static Chain.@Nullable Link newest(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        "SELECT " + COLUMNS + " FROM security_audit ORDER BY seq DESC LIMIT 1",
        AuditTable::link,
        List.of());
  }

  /// The next after a number, in order.
  List<Chain.Link> after(long seq, int count) {
    return read("WHERE seq > ? ORDER BY seq LIMIT ?", seq, count);
  }

  /// The last before a number, newest first.
  ///
  /// @param kind null for all
  List<Chain.Link> before(long seq, int count, @Nullable String kind) {
    return kind == null
        ? read("WHERE seq < ? ORDER BY seq DESC LIMIT ?", seq, count)
        : read("WHERE kind = ? AND seq < ? ORDER BY seq DESC LIMIT ?", kind, seq, count);
  }

  private List<Chain.Link> read(String which, Object... arguments) {
    return rows.all(
        "SELECT " + COLUMNS + " FROM security_audit " + which, AuditTable::link, arguments);
  }

  private static Chain.Link link(ResultSet row) throws SQLException {
    return new Chain.Link(row.getLong(1), row.getString(2), row.getString(3), row.getString(4));
  }
}

package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table `tail_offset`. Whoever holds a reader's row for the length of a transaction owns the
/// reader that long, and nobody else: a node that dies in the middle loses it with its connection.
final class TailOffsets {
  private TailOffsets() {}

  /// @param seq all events up to this one have been taken in
  /// @param version of the reader that took them in
  record Offset(long seq, int version) {}

  static void enter(Connection connection, TailReader reader) throws SQLException {
    try {
      Sql.update(
          connection,
          "INSERT INTO tail_offset (reader, seq, version) SELECT ?, 0, ?"
              + " WHERE NOT EXISTS (SELECT 1 FROM tail_offset WHERE reader = ?)",
          List.of(reader.name(), reader.version(), reader.name()));
    } catch (SQLException e) {
      if (!Sql.isTaken(e)) throw e; // somebody was quicker
    }
  }

  static @Nullable Offset look(Connection connection, String reader) throws SQLException {
    return Sql.one(connection, select(""), OFFSET, List.of(reader));
  }

  /// Waits until nobody else owns the reader.
  static @Nullable Offset lock(Connection connection, String reader) throws SQLException {
    return Sql.one(connection, select(" FOR UPDATE"), OFFSET, List.of(reader));
  }

  /// Null also where somebody else owns it now.
  static @Nullable Offset tryLock(Connection connection, String reader) throws SQLException {
    return Sql.one(connection, select(" FOR UPDATE SKIP LOCKED"), OFFSET, List.of(reader));
  }

  static void move(Connection connection, TailReader reader, long seq) throws SQLException {
    Sql.update(
        connection,
        "UPDATE tail_offset SET seq = ?, version = ? WHERE reader = ?",
        List.of(seq, reader.version(), reader.name()));
  }

  private static final Sql.Mapper<Offset> OFFSET = row -> new Offset(row.getLong(1), row.getInt(2));

  private static String select(String lock) {
    return "SELECT seq, version FROM tail_offset WHERE reader = ?" + lock;
  }
}

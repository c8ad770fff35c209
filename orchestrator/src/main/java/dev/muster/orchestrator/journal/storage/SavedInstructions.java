package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The texts of instructions that were saved, and those that they took the place of: the newest of
/// each worker of a workforce. Runs keep what they took by themselves.
public record SavedInstructions(DataSource database) {
  /// Of one worker; older ones go.
  public static final int SAVED_MAX = 100;

  private static final int NAME_CHARS = 255;
  private static final int FOLDER_CHARS = 4_096;
  private static final String OF = " FROM saved_instruction WHERE workforce = ? AND worker = ?";

  /// @param at when it was saved; of a text that was found, when its file was written last
  /// @param by null where nobody is known: it lay in the folder before somebody saved another
  public record Saved(String digest, Instant at, @Nullable String by, String folder) {}

  /// Newest first.
  public List<Saved> all(String workforce, String worker) {
    return rows()
        .all(
            "SELECT digest, saved_at, saved_by, folder" + OF + " ORDER BY number DESC",
            SavedInstructions::saved,
            cut(workforce),
            cut(worker));
  }

  public @Nullable String text(String workforce, String worker, String digest) {
    return rows()
        .one(
            "SELECT content" + OF + " AND digest = ?",
            row -> new String(Deflated.inflate(row.getBytes(1)), StandardCharsets.UTF_8),
            cut(workforce),
            cut(worker),
            cut(digest));
  }

  public void keep(String workforce, String worker, Saved saved, byte[] content) {
    var key = List.of(cut(workforce), cut(worker));
    rows()
        .transaction(connection -> {
          var last = lastNumber(connection, key);
          insert(connection, key, last + 1, saved, content);
          return Sql.update(
              connection,
              "DELETE" + OF + " AND number <= ?",
              List.of(key.getFirst(), key.getLast(), last + 1 - SAVED_MAX));
        });
  }

  private static long lastNumber(Connection connection, List<String> key) throws SQLException {
    var last = Sql.one(connection, "SELECT MAX(number)" + OF, row -> row.getLong(1), key);
    return last == null ? 0 : last;
  }

  private static void insert(
      Connection connection, List<String> key, long number, Saved saved, byte[] content)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO saved_instruction (workforce, worker, number, saved_at, saved_by, folder,"
            + " digest, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        Arrays.<@Nullable Object>asList(
            key.getFirst(),
            key.getLast(),
            number,
            saved.at().toEpochMilli(),
            saved.by() == null ? null : cut(saved.by()),
            saved.folder().substring(0, Math.min(FOLDER_CHARS, saved.folder().length())),
            saved.digest(),
            Deflated.of(content)));
  }

  private static Saved saved(ResultSet row) throws SQLException {
    return new Saved(
        row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3), row.getString(4));
  }

  private Rows<IllegalStateException> rows() {
    return Rows.of(database, "saved instructions");
  }

  private static String cut(String name) {
    // PostgreSQL takes no NUL, and no file has one in its name.
    var clean = name.replace('\0', ' ');
    return clean.substring(0, Math.min(NAME_CHARS, clean.length()));
  }
}

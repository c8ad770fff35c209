package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What is too long for an event or a message, by SHA-256: plans, and lists of inputs. It is stored
/// before anybody names it, and never changes.
public record Manifests(DataSource source) {
  private static final String SELECT = "SELECT content FROM manifest WHERE digest = ?";

  /// Storing again what is there is harmless.
  ///
  /// @return the digest by which it is found
  public String put(Object value) {
    var bytes = EventCodec.encode(value);
    var digest = Sha256.of(bytes);
    rows(digest, "stored")
        .insert(
            "INSERT INTO manifest (digest, content) SELECT ?, ?"
                + " WHERE NOT EXISTS (SELECT 1 FROM manifest WHERE digest = ?)",
            digest,
            Deflated.of(bytes),
            digest);
    return digest;
  }

  public <T> @Nullable T find(String digest, Class<T> type) {
    return rows(digest, "read").one(SELECT, row -> content(row, type), digest);
  }

  /// The same within a transaction.
  public static <T> @Nullable T find(Connection connection, String digest, Class<T> type)
      throws SQLException {
    return Sql.one(connection, SELECT, row -> content(row, type), List.of(digest));
  }

  private static <T> T content(ResultSet row, Class<T> type) throws SQLException {
    return EventCodec.decode(Deflated.inflate(row.getBytes(1)), type);
  }

  private Rows<IllegalStateException> rows(String digest, String deed) {
    return new Rows<>(
        source,
        (_, e) -> new IllegalStateException("manifest " + digest + " could not be " + deed, e));
  }
}

package dev.muster.orchestrator.storage;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What is too long for an event or a message, by SHA-256: plans, and lists of inputs. It is stored
/// before anybody names it, and never changes.
public record Manifests(DataSource source) {
  /// Storing again what is there is harmless.
  ///
  /// @return the digest by which it is found
  public String put(Object value) {
    var bytes = EventCodec.encode(value);
    var digest = Sha256.of(bytes);
    try (var connection = source.getConnection();
        var insert =
            connection.prepareStatement(
                "INSERT INTO manifest (digest, content) SELECT ?, ?"
                    + " WHERE NOT EXISTS (SELECT 1 FROM manifest WHERE digest = ?)")) {
      insert.setString(1, digest);
      insert.setBytes(2, Deflated.of(bytes));
      insert.setString(3, digest);
      insert.executeUpdate();
    } catch (SQLException e) {
      // Somebody else may have stored it at the same moment.
      if (content(digest) == null) {
        throw new IllegalStateException("manifest " + digest + " could not be stored", e);
      }
    }
    return digest;
  }

  public <T> @Nullable T find(String digest, Class<T> type) {
    var content = content(digest);
    return content == null ? null : EventCodec.decode(content, type);
  }

  /// The same within a transaction.
  public static <T> @Nullable T find(Connection connection, String digest, Class<T> type)
      throws SQLException {
    var content = content(connection, digest);
    return content == null ? null : EventCodec.decode(content, type);
  }

  private byte @Nullable [] content(String digest) {
    try (var connection = source.getConnection()) {
      return content(connection, digest);
    } catch (SQLException e) {
      throw new IllegalStateException("manifest " + digest + " could not be read", e);
    }
  }

  private static byte @Nullable [] content(Connection connection, String digest)
      throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT content FROM manifest WHERE digest = ?")) {
      select.setString(1, digest);
      try (var rows = select.executeQuery()) {
        return rows.next() ? Deflated.inflate(rows.getBytes(1)) : null;
      }
    }
  }
}

package dev.muster.orchestrator.storage;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The table `artifact` with its large objects, inside the caller's transaction. Needs nothing of
/// the driver: PostgreSQL's own functions take and give them in pieces.
final class LargeObjects {
  private static final int CHUNK_BYTES = 1 << 20;

  /// Something that can be written any number of times.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream to) throws IOException;
  }

  /// Where the content is; null when there is none.
  static @Nullable Long find(Connection connection, String sha256) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT content FROM artifact WHERE sha256 = ?")) {
      select.setString(1, sha256);
      try (var rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : null;
      }
    }
  }

  /// Until the caller commits nobody sees any of it, and when it never does, the server forgets it.
  static void write(Connection connection, String sha256, Content content, Instant at)
      throws SQLException, IOException {
    var id = call(connection, "SELECT lo_create(0)");
    var digest = Sha256.digest();
    long bytes;
    try (var put = connection.prepareStatement("SELECT lo_put(?, ?, ?)")) {
      var chunks = new ChunkStream(new byte[CHUNK_BYTES], new Writer(put, id));
      content.writeTo(new DigestOutputStream(chunks, digest));
      chunks.flush();
      bytes = chunks.written();
    }
    var found = Sha256.hex(digest);
    if (!found.equals(sha256)) {
      throw new IOException(
          "expected the content with SHA-256 %s, found %s: it changed while it was stored"
              .formatted(sha256, found));
    }
    if (!claim(connection, sha256, id, bytes, at)) call(connection, "SELECT lo_unlink(?)", id);
  }

  /// False when another node has stored the same content meanwhile. Waits for one that is about to.
  private static boolean claim(
      Connection connection, String sha256, long id, long bytes, Instant at) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO artifact (sha256, content, bytes, stored_at) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (sha256) DO NOTHING")) {
      insert.setString(1, sha256);
      insert.setLong(2, id);
      insert.setLong(3, bytes);
      insert.setLong(4, at.toEpochMilli());
      return insert.executeUpdate() == 1;
    }
  }

  static void copy(Connection connection, long id, OutputStream to)
      throws SQLException, IOException {
    var from = 0L;
    for (var chunk = read(connection, id, from, CHUNK_BYTES);
        chunk.length > 0;
        chunk = read(connection, id, from, CHUNK_BYTES)) {
      to.write(chunk);
      from += chunk.length;
    }
  }

  static byte[] read(Connection connection, long id, long from, int bytesMax) throws SQLException {
    try (var get = connection.prepareStatement("SELECT lo_get(?, ?, ?)")) {
      get.setLong(1, id);
      get.setLong(2, from);
      get.setInt(3, bytesMax);
      try (var rows = get.executeQuery()) {
        rows.next();
        return rows.getBytes(1);
      }
    }
  }

  private static long call(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private record Writer(PreparedStatement put, long id) implements ChunkStream.Chunks {
    @Override
    public void write(long offset, byte[] chunk) throws IOException {
      try {
        put.setLong(1, id);
        put.setLong(2, offset);
        put.setBytes(3, chunk);
        put.executeQuery().close();
      } catch (SQLException e) {
        throw new SqlIOException(e);
      }
    }
  }

  private LargeObjects() {}
}

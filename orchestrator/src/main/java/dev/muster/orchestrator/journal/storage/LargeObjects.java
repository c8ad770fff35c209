package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.StoredContents.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The table `artifact` with its large objects, inside the caller's transaction. Needs nothing of
/// the driver: PostgreSQL's own functions take and give them in pieces.
final class LargeObjects {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final long RENEWED_MILLIS = Duration.ofHours(1).toMillis();
  private static final String SHELF = "SELECT sha256, stored_at FROM artifact WHERE sha256 >= ?";
  private static final Sql.Mapper<Stored> STORED =
      row -> new Stored(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));

  /// Something that can be written any number of times.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream to) throws IOException;
  }

  /// Where the content is; null when there is none.
  static @Nullable Long find(Connection connection, String sha256) throws SQLException {
    return Sql.one(
        connection,
        "SELECT content FROM artifact WHERE sha256 = ?",
        row -> row.getLong(1),
        List.of(sha256));
  }

  /// Whether it is there; from then on it is as young as one that was put now, give or take the
  /// hour for which its row is left alone.
  static boolean renew(Connection connection, String sha256, Instant now) throws SQLException {
    var storedAt =
        Sql.one(
            connection,
            "SELECT stored_at FROM artifact WHERE sha256 = ?",
            row -> row.getLong(1),
            List.of(sha256));
    if (storedAt == null) return false;
    var at = now.toEpochMilli();
    return storedAt > at - RENEWED_MILLIS
        || Sql.update(
                connection,
                "UPDATE artifact SET stored_at = ? WHERE sha256 = ?",
                List.of(at, sha256))
            == 1;
  }

  /// Those whose digests begin with these two digits.
  static List<Stored> shelf(Connection connection, int number, int shelves) throws SQLException {
    var from = "%02x".formatted(number);
    return number + 1 == shelves
        ? Sql.all(connection, SHELF, STORED, List.of(from))
        : Sql.all(
            connection,
            SHELF + " AND sha256 < ?",
            STORED,
            List.of(from, "%02x".formatted(number + 1)));
  }

  /// Whoever asks for it at the same moment waits, and finds that it is gone; or this waits for
  /// him, and finds it young.
  static long remove(Connection connection, String sha256, Instant storedBefore)
      throws SQLException {
    var removed =
        Sql.one(
            connection,
            "DELETE FROM artifact WHERE sha256 = ? AND stored_at < ? RETURNING content, bytes",
            row -> List.of(row.getLong(1), row.getLong(2)),
            List.of(sha256, storedBefore.toEpochMilli()));
    if (removed == null) return -1;
    call(connection, "SELECT lo_unlink(?)", removed.getFirst());
    return removed.getLast();
  }

  /// Until the caller commits nobody sees any of it, and when it never does, the server forgets it.
  static void write(Connection connection, String sha256, Content content, Instant at)
      throws SQLException, IOException {
    var id = call(connection, "SELECT lo_create(0)");
    var digest = Sha256.digest();
    var chunks = new ChunkStream(new byte[CHUNK_BYTES], new Writer(connection, id));
    content.writeTo(new DigestOutputStream(chunks, digest));
    chunks.flush();
    var found = Sha256.hex(digest);
    if (!found.equals(sha256)) {
      throw new IOException(
          "expected the content with SHA-256 %s, found %s: it changed while it was stored"
              .formatted(sha256, found));
    }
    if (!claim(connection, sha256, id, chunks.written(), at))
      call(connection, "SELECT lo_unlink(?)", id);
  }

  /// False when another node has stored the same content meanwhile. Waits for one that is about to.
  private static boolean claim(
      Connection connection, String sha256, long id, long bytes, Instant at) throws SQLException {
    return Sql.update(
            connection,
            "INSERT INTO artifact (sha256, content, bytes, stored_at) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (sha256) DO NOTHING",
            List.of(sha256, id, bytes, at.toEpochMilli()))
        == 1;
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
    return Objects.requireNonNull(
        Sql.one(
            connection,
            "SELECT lo_get(?, ?, ?)",
            row -> row.getBytes(1),
            List.of(id, from, bytesMax)));
  }

  private static long call(Connection connection, String sql, Object... arguments)
      throws SQLException {
    return Objects.requireNonNull(
        Sql.one(connection, sql, row -> row.getLong(1), List.of(arguments)));
  }

  private record Writer(Connection connection, long id) implements ChunkStream.Chunks {
    @Override
    public void write(long offset, byte[] chunk) throws IOException {
      try {
        Sql.all(connection, "SELECT lo_put(?, ?, ?)", _ -> null, List.of(id, offset, chunk));
      } catch (SQLException e) {
        throw new SqlIOException(e);
      }
    }
  }

  private LargeObjects() {}
}

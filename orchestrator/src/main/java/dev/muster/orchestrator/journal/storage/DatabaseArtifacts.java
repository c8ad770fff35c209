package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.storage.LargeObjects.Content;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifacts;
import dev.muster.protocol.worker.StoredContents;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/// Contents in PostgreSQL, for nodes that share no folder.
///
/// A lost connection is waited out for about a minute, then `UnreachableException` is thrown. Two
/// transfers go on at once; others wait.
public final class DatabaseArtifacts implements Artifacts, StoredContents {
  /// What one content may hold; as much as a sandboxed command may write into one file.
  public static final long BYTES_MAX = 1L << 30;

  /// Seven tries double it to 13 s in all; the pool itself waits up to ten seconds in each.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Transfers transfers;
  private final InstantSource clock;
  private final long bytesMax;

  public DatabaseArtifacts(DataSource source, InstantSource clock) {
    this(new Transfers(source, FIRST_PAUSE), clock, BYTES_MAX);
  }

  DatabaseArtifacts(Transfers transfers, InstantSource clock, long bytesMax) {
    this.transfers = transfers;
    this.clock = clock;
    this.bytesMax = bytesMax;
  }

  @Override
  public String put(Path file) throws IOException {
    var bytes = Files.size(file);
    if (bytes > bytesMax) {
      throw new IOException(
          "expected at most %d MiB to hand to other nodes, found %d MiB in %s: make it smaller, or share a folder between the nodes (files = shared)"
              .formatted(bytesMax >> 20, bytes >> 20, file));
    }
    var sha256 = Sha256.of(file);
    put(
        sha256,
        to -> {
          try (var from = new FileInputStream(file.toFile())) {
            from.transferTo(to);
          }
        });
    return sha256;
  }

  /// The content is written anew for each try.
  void put(String sha256, Content content) throws IOException {
    if (holds(sha256)) return;
    transfers.run(
        "storing " + sha256,
        connection -> {
          LargeObjects.write(connection, sha256, content, clock.instant());
          return sha256;
        });
  }

  @Override
  public boolean holds(String sha256) throws IOException {
    return transfers.run(
        "looking for " + sha256,
        connection -> LargeObjects.renew(connection, Sha256.checked(sha256), clock.instant()));
  }

  @Override
  public List<Stored> shelf(int number) throws IOException {
    return transfers.run(
        "listing contents", connection -> LargeObjects.shelf(connection, number, SHELVES));
  }

  @Override
  public long remove(String sha256, Instant putBefore) throws IOException {
    return transfers.run(
        "removing " + sha256,
        connection -> LargeObjects.remove(connection, Sha256.checked(sha256), putBefore));
  }

  @Override
  public void fetch(String sha256, Path to) throws IOException {
    var found =
        transfers.run(
            "fetching " + sha256,
            connection -> {
              var digest = Sha256.digest();
              try (var out = new FileOutputStream(to.toFile())) {
                LargeObjects.copy(
                    connection, known(connection, sha256), new DigestOutputStream(out, digest));
              }
              return Sha256.hex(digest);
            });
    if (!found.equals(sha256)) {
      Files.deleteIfExists(to);
      throw new IOException(
          "expected the content with SHA-256 %s, found %s under that name: the table `artifact` is damaged"
              .formatted(sha256, found));
    }
  }

  @Override
  public byte[] read(String sha256, long from, int bytesMax) throws IOException {
    return transfers.run(
        "reading " + sha256,
        connection -> LargeObjects.read(connection, known(connection, sha256), from, bytesMax));
  }

  private static long known(Connection connection, String sha256) throws SQLException, IOException {
    var content = LargeObjects.find(connection, Sha256.checked(sha256));
    if (content != null) return content;
    throw new NoSuchFileException(
        "expected the content with SHA-256 " + sha256 + " in the database, found none");
  }
}

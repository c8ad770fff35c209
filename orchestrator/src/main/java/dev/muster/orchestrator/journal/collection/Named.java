package dev.muster.orchestrator.journal.collection;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.storage.Deflated;
import dev.muster.protocol.worker.Artifacts;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Marks every content that the database names: in events, in what these name by digest (what a run
/// takes over from an earlier one), as logs of attempts, and in the lists of frozen workspaces.
/// Snapshots and what workers hand on are made of events, and are not read. Reads all of it, a page
/// at a time.
final class Named implements Mentions.Sink {
  private static final int EVENTS_PER_PAGE = 500;
  private static final int MANIFESTS_PER_PAGE = 20;
  private static final int LOGS_PER_FETCH = 1_000;

  /// A list of as many files as a workspace may hold has some 20 MB.
  private static final int LIST_BYTES_MAX = 128 << 20;

  private static final int PIECE_BYTES = 1 << 20;

  /// Several events in a row name the same list.
  private static final int REMEMBERED_MAX = 10_000;

  /// Asked before each page.
  interface Going {
    /// Throws when it must not go on.
    void on() throws IOException, SQLException;
  }

  private final DataSource database;
  private final Artifacts artifacts;
  private final Going going;
  private final Marks marks = new Marks();
  private final Set<String> followed = new LinkedHashSet<>();
  private final Set<String> toFollow = new LinkedHashSet<>();

  private Named(DataSource database, Artifacts artifacts, Going going) {
    this.database = database;
    this.artifacts = artifacts;
    this.going = going;
  }

  static Marks marks(DataSource database, Artifacts artifacts, Going going)
      throws IOException, SQLException {
    var named = new Named(database, artifacts, going);
    named.events();
    named.manifests();
    named.logs();
    return named.marks;
  }

  private void events() throws IOException, SQLException {
    pages(
        "SELECT ordering, event_payload FROM event_journal WHERE ordering > ?"
            + " ORDER BY ordering LIMIT "
            + EVENTS_PER_PAGE,
        -1L,
        row -> row.getLong(1),
        row -> row.getBytes(2));
  }

  /// Only those that an event names, since they outlive their runs.
  private void manifests() throws IOException, SQLException {
    pages(
        "SELECT digest, content FROM manifest WHERE digest > ? ORDER BY digest LIMIT "
            + MANIFESTS_PER_PAGE,
        "",
        row -> row.getString(1),
        row -> isNamed(row.getString(1)) ? Deflated.inflate(row.getBytes(2)) : null);
  }

  private boolean isNamed(String digest) {
    return marks.mayHave(Mentions.ascii(digest), 0);
  }

  /// By a cursor: they have no order but that of runs and workers.
  private void logs() throws IOException, SQLException {
    going.on();
    Sql.transaction(
        database,
        connection -> {
          try (var statement = connection.prepareStatement("SELECT sha256 FROM attempt_log")) {
            statement.setFetchSize(LOGS_PER_FETCH);
            try (var rows = statement.executeQuery()) {
              while (rows.next()) Mentions.in(Mentions.ascii(rows.getString(1)), this);
            }
          }
          return true;
        });
  }

  private interface Bytes {
    byte @Nullable [] of(ResultSet row) throws SQLException;
  }

  private <K> void pages(String sql, K from, Sql.Mapper<K> key, Bytes bytesOf)
      throws IOException, SQLException {
    for (@Nullable K after = from; after != null; ) {
      going.on();
      after = page(sql, after, key, bytesOf);
      follow();
    }
  }

  /// Null at the end.
  private <K> @Nullable K page(String sql, K after, Sql.Mapper<K> key, Bytes bytesOf)
      throws SQLException {
    try (var connection = database.getConnection()) {
      var keys =
          Sql.all(
              connection,
              sql,
              row -> {
                var bytes = bytesOf.of(row);
                if (bytes != null) Mentions.in(bytes, this);
                return key.map(row);
              },
              List.of(after));
      return keys.isEmpty() ? null : keys.getLast();
    }
  }

  @Override
  public void digest(byte[] text, int at) {
    marks.add(text, at);
  }

  @Override
  public void list(String digest) {
    if (!followed.contains(digest)) toFollow.add(digest);
  }

  /// When the page is done, so that it needs no second connection beside its own.
  private void follow() throws IOException {
    for (var digest : toFollow) {
      var list = content(digest);
      if (list != null) Mentions.in(list, marks::add);
    }
    followed.addAll(toFollow);
    toFollow.clear();
    var eldest = followed.iterator();
    while (followed.size() > REMEMBERED_MAX) {
      eldest.next();
      eldest.remove();
    }
  }

  /// Null when it is no longer there, or never was.
  private byte @Nullable [] content(String digest) throws IOException {
    var content = new ByteArrayOutputStream();
    try {
      while (content.size() <= LIST_BYTES_MAX) {
        var piece = artifacts.read(digest, content.size(), PIECE_BYTES);
        content.write(piece);
        if (piece.length < PIECE_BYTES) return content.toByteArray();
      }
    } catch (NoSuchFileException | FileNotFoundException _) {
      return null;
    }
    throw new IOException(
        "expected a list of at most %d MiB, found more in %s"
            .formatted(LIST_BYTES_MAX >> 20, digest));
  }
}

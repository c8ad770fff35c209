package dev.muster.orchestrator.journal.storage;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Handover;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/// What the workers of a run hand on, by SHA-256. Stored before anybody names it, never changed,
/// and deleted with its run.
public final class Handovers {
  /// Remembered records, each counted with all that it lists: some 10 MB.
  private static final int REMEMBERED_MAX = 50_000;

  private static final int BATCH_MAX = 500;
  private static final int ASKED_MAX = 100;

  private final DataSource source;
  private final Map<String, Handover> remembered = new LinkedHashMap<>(16, 0.75f, true);
  private int weight;

  public Handovers(DataSource source) {
    this.source = source;
  }

  /// All or none. Storing again what is there is harmless.
  public void put(String run, Map<String, Handover> byDigest) {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        insert(connection, run, byDigest);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("what is handed on in " + run + " cannot be stored", e);
    }
  }

  private static void insert(Connection connection, String run, Map<String, Handover> byDigest)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO handover (run, digest, content) SELECT ?, ?, ? WHERE NOT EXISTS"
                + " (SELECT 1 FROM handover WHERE run = ? AND digest = ?)")) {
      var pending = 0;
      for (var entry : byDigest.entrySet()) {
        insert.setString(1, run);
        insert.setString(2, entry.getKey());
        insert.setBytes(3, Deflated.of(EventCodec.encode(entry.getValue())));
        insert.setString(4, run);
        insert.setString(5, entry.getKey());
        insert.addBatch();
        if (++pending % BATCH_MAX == 0) insert.executeBatch();
      }
      insert.executeBatch();
    }
  }

  /// What is handed to a worker, one per path; of two the nearer wins. Throws
  /// `IllegalStateException` when some of it cannot be found.
  public List<Artifact> inputs(String run, String digest) {
    var known = new HashMap<String, Handover>();
    var wanted = List.of(digest);
    while (!wanted.isEmpty()) {
      known.putAll(found(run, wanted));
      wanted =
          wanted.stream()
              .flatMap(it -> Objects.requireNonNull(known.get(it)).from().stream())
              .filter(it -> !known.containsKey(it))
              .distinct()
              .toList();
    }
    return HandedOn.inputs(
        Objects.requireNonNull(known.get(digest)), it -> Objects.requireNonNull(known.get(it)));
  }

  private Map<String, Handover> found(String run, List<String> wanted) {
    var found = remembered(wanted);
    var missing = wanted.stream().filter(it -> !found.containsKey(it)).toList();
    if (missing.isEmpty()) return found;
    try (var connection = source.getConnection()) {
      for (var from = 0; from < missing.size(); from += ASKED_MAX) {
        var some = missing.subList(from, Math.min(missing.size(), from + ASKED_MAX));
        found.putAll(read(connection, run, some));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("what is handed on in " + run + " cannot be read", e);
    }
    for (var digest : missing) {
      if (!found.containsKey(digest)) {
        throw new IllegalStateException("nothing of digest " + digest + " is handed on in " + run);
      }
    }
    return found;
  }

  private Map<String, Handover> read(Connection connection, String run, List<String> digests)
      throws SQLException {
    var marks = String.join(", ", Collections.nCopies(digests.size(), "?"));
    var read = new HashMap<String, Handover>();
    try (var select =
        connection.prepareStatement(
            "SELECT content FROM handover WHERE run = ? AND digest IN (" + marks + ")")) {
      select.setString(1, run);
      for (var i = 0; i < digests.size(); i++) select.setString(i + 2, digests.get(i));
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var bytes = Deflated.inflate(rows.getBytes(1));
          read.put(Sha256.of(bytes), EventCodec.decode(bytes, Handover.class));
        }
      }
    }
    remember(read);
    return read;
  }

  private synchronized Map<String, Handover> remembered(Collection<String> digests) {
    var known = new HashMap<String, Handover>();
    for (var digest : digests) {
      var handover = remembered.get(digest);
      if (handover != null) known.put(digest, handover);
    }
    return known;
  }

  private synchronized void remember(Map<String, Handover> read) {
    read.forEach((digest, handover) -> {
      if (remembered.put(digest, handover) == null) weight += weight(handover);
    });
    var eldest = remembered.values().iterator();
    while (weight > REMEMBERED_MAX && eldest.hasNext()) {
      weight -= weight(eldest.next());
      eldest.remove();
    }
  }

  private static int weight(Handover handover) {
    return 1 + handover.artifacts().size() + handover.from().size();
  }
}

package dev.muster.orchestrator.storage;

import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.journal.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The texts of all instructions that were ever run, by SHA-256, with what they were compiled to.
/// They are stored before their run is created, so that neither run nor workers carry them.
public final class InstructionStore {
  /// One text to be stored.
  public record Stored(String text, WorkerInstruction instruction) {}

  private static final int BATCH_MAX = 500;

  private final DataSource source;

  public InstructionStore(DataSource source) {
    this.source = source;
  }

  /// Stores all or none. A text that is there already is compiled anew, since a newer Muster may
  /// read more out of it. Several workers may have one text: it is stored once, and what it was
  /// compiled to then bears the name of one of them.
  public void put(List<Stored> instructions) {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        write(connection, instructions);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the instructions could not be stored", e);
    }
  }

  public @Nullable WorkerInstruction find(String digest) {
    var bytes = column("compiled", digest);
    return bytes == null ? null : EventCodec.decode(bytes, WorkerInstruction.class);
  }

  /// Those of these that are stored, by digest.
  public Map<String, WorkerInstruction> find(Collection<String> digests) {
    var wanted = List.copyOf(new LinkedHashSet<>(digests));
    var found = new HashMap<String, WorkerInstruction>();
    try (var connection = source.getConnection()) {
      for (var from = 0; from < wanted.size(); from += BATCH_MAX) {
        var some = wanted.subList(from, Math.min(wanted.size(), from + BATCH_MAX));
        read(connection, some, found);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the instructions could not be read", e);
    }
    return found;
  }

  private static void read(
      Connection connection, List<String> digests, Map<String, WorkerInstruction> found)
      throws SQLException {
    var marks = String.join(", ", Collections.nCopies(digests.size(), "?"));
    try (var select =
        connection.prepareStatement(
            "SELECT digest, compiled FROM instruction WHERE digest IN (" + marks + ")")) {
      for (var i = 0; i < digests.size(); i++) select.setString(i + 1, digests.get(i));
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var compiled = EventCodec.decode(rows.getBytes(2), WorkerInstruction.class);
          found.put(rows.getString(1), compiled);
        }
      }
    }
  }

  /// The file as it was when it was run.
  public @Nullable String text(String digest) {
    var bytes = column("source_text", digest);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static void write(Connection connection, List<Stored> instructions) throws SQLException {
    var known = new HashSet<String>();
    try (var update =
            connection.prepareStatement("UPDATE instruction SET compiled = ? WHERE digest = ?");
        var insert =
            connection.prepareStatement(
                "INSERT INTO instruction (digest, source_text, compiled)"
                    + " SELECT ?, ?, ? WHERE NOT EXISTS"
                    + " (SELECT 1 FROM instruction WHERE digest = ?)")) {
      var pending = 0;
      for (var stored : instructions) {
        var digest = stored.instruction().digest();
        if (!known.add(digest)) continue;
        var compiled = EventCodec.encode(stored.instruction());
        update.setBytes(1, compiled);
        update.setString(2, digest);
        update.addBatch();
        insert.setString(1, digest);
        insert.setBytes(2, stored.text().getBytes(StandardCharsets.UTF_8));
        insert.setBytes(3, compiled);
        insert.setString(4, digest);
        insert.addBatch();
        if (++pending % BATCH_MAX == 0) flush(update, insert);
      }
      flush(update, insert);
    }
  }

  private static void flush(PreparedStatement first, PreparedStatement second) throws SQLException {
    first.executeBatch();
    second.executeBatch();
  }

  private byte @Nullable [] column(String name, String digest) {
    try (var connection = source.getConnection();
        var select =
            connection.prepareStatement("SELECT " + name + " FROM instruction WHERE digest = ?")) {
      select.setString(1, digest);
      try (var rows = select.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("instruction " + digest + " could not be read", e);
    }
  }
}

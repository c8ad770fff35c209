package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.journal.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The texts of all instructions that were ever run, by SHA-256, with what they were compiled to.
/// They are stored before their run is created, so that neither run nor workers carry them.
public final class InstructionStore {
  /// One text to be stored.
  public record Stored(String text, WorkerInstruction instruction) {}

  private static final int BATCH_MAX = 500;

  /// Of those that are looked for: H2 holds each row that it finds against each digest.
  private static final int WANTED_MAX = 50;

  private final DataSource source;

  public InstructionStore(DataSource source) {
    this.source = source;
  }

  /// Stores all or none. A text that is there already is compiled anew, since a newer Muster may
  /// read more out of it. Several workers may have one text: it is stored once, and what it was
  /// compiled to then bears the name of one of them.
  public void put(List<Stored> instructions) {
    var rows =
        new Rows<>(
            source, (_, e) -> new IllegalStateException("the instructions could not be stored", e));
    var different = new LinkedHashMap<String, Stored>();
    instructions.forEach(it -> different.putIfAbsent(it.instruction().digest(), it));
    var all = List.copyOf(different.values());
    rows.transaction(connection -> {
      for (var from = 0; from < all.size(); from += BATCH_MAX) {
        write(connection, all.subList(from, Math.min(all.size(), from + BATCH_MAX)));
      }
      return all.size();
    });
  }

  public @Nullable WorkerInstruction find(String digest) {
    var bytes = column("compiled", digest);
    return bytes == null ? null : EventCodec.decode(bytes, WorkerInstruction.class);
  }

  /// Those of these that are stored, by digest.
  public Map<String, WorkerInstruction> find(Collection<String> digests) {
    var wanted = List.copyOf(new LinkedHashSet<>(digests));
    var rows =
        new Rows<>(
            source, (_, e) -> new IllegalStateException("the instructions could not be read", e));
    return rows.read(connection -> {
      var found = new HashMap<String, WorkerInstruction>();
      for (var from = 0; from < wanted.size(); from += WANTED_MAX) {
        var some = wanted.subList(from, Math.min(wanted.size(), from + WANTED_MAX));
        Sql.all(
                connection,
                "SELECT compiled FROM instruction WHERE digest IN (" + Sql.marks(some.size()) + ")",
                row -> EventCodec.decode(row.getBytes(1), WorkerInstruction.class),
                some)
            .forEach(it -> found.put(it.digest(), it));
      }
      return found;
    });
  }

  /// The file as it was when it was run.
  public @Nullable String text(String digest) {
    var bytes = column("source_text", digest);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static void write(Connection connection, List<Stored> some) throws SQLException {
    var compiled = some.stream().map(it -> EventCodec.encode(it.instruction())).toList();
    Sql.batch(
        connection,
        "UPDATE instruction SET compiled = ? WHERE digest = ?",
        IntStream.range(0, some.size())
            .mapToObj(i -> List.of(compiled.get(i), some.get(i).instruction().digest())));
    Sql.batch(
        connection,
        "INSERT INTO instruction (source_text, compiled, digest)"
            + " SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM instruction WHERE digest = ?)",
        IntStream.range(0, some.size())
            .mapToObj(i -> {
              var digest = some.get(i).instruction().digest();
              var text = some.get(i).text().getBytes(StandardCharsets.UTF_8);
              return List.of(text, compiled.get(i), digest, digest);
            }));
  }

  private byte @Nullable [] column(String name, String digest) {
    return new Rows<>(
            source,
            (_, e) -> new IllegalStateException("instruction " + digest + " could not be read", e))
        .one(
            "SELECT " + name + " FROM instruction WHERE digest = ?",
            row -> row.getBytes(1),
            digest);
  }
}

package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// A reader that writes down each event it is told of. An event twice breaks its primary key.
final class Ledger implements TailReader {
  private final String name;
  private final int version;
  private final Set<String> events;
  final AtomicInteger batches = new AtomicInteger();

  /// Called in the middle of a batch, after half of it is written.
  volatile Consumer<Connection> midway = _ -> {};

  Ledger(String name) {
    this(name, 1);
  }

  Ledger(String name, int version) {
    this(name, version, Set.of());
  }

  Ledger(String name, int version, Set<String> events) {
    this.name = name;
    this.version = version;
    this.events = events;
  }

  static void create(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      Sql.update(
          connection,
          "CREATE TABLE ledger (reader VARCHAR(64) NOT NULL, seq BIGINT NOT NULL, entity"
              + " VARCHAR(255) NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (reader, seq))",
          List.of());
      Sql.update(
          connection, "CREATE INDEX ledger_entity ON ledger (reader, entity, number)", List.of());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public Set<String> events() {
    return events;
  }

  @Override
  public void apply(Connection connection, List<JournalRow> rows) throws SQLException {
    Map<String, Long> last = new HashMap<>();
    var half = rows.size() / 2;
    write(connection, rows.subList(0, half), last);
    midway.accept(connection);
    write(connection, rows.subList(half, rows.size()), last);
    batches.incrementAndGet();
  }

  private void write(Connection connection, List<JournalRow> rows, Map<String, Long> last)
      throws SQLException {
    for (var row : rows) {
      var entity = row.origin().persistenceId();
      if (!last.containsKey(entity)) last.put(entity, last(connection, entity));
      var expected = last.merge(entity, 1L, Long::sum);
      if (expected != row.number()) {
        throw new IllegalStateException(
            "expected event %d of %s, found %d".formatted(expected, entity, row.number()));
      }
    }
    Sql.batch(
        connection,
        "INSERT INTO ledger VALUES (?, ?, ?, ?)",
        rows.stream()
            .map(row -> List.of(name, row.seq(), row.origin().persistenceId(), row.number())));
  }

  /// 0 before its first event.
  private long last(Connection connection, String entity) throws SQLException {
    var last =
        Sql.one(
            connection,
            "SELECT MAX(number) FROM ledger WHERE reader = ? AND entity = ?",
            row -> row.getLong(1),
            List.of(name, entity));
    return last == null ? 0 : last;
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    Sql.update(connection, "DELETE FROM ledger WHERE reader = ?", List.of(name));
  }

  /// How many events it has written down.
  long size(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      var found =
          Sql.one(
              connection,
              "SELECT COUNT(*) FROM ledger WHERE reader = ?",
              row -> row.getLong(1),
              List.of(name));
      return found == null ? 0 : found;
    }
  }
}

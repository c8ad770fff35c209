package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.TailReader;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.commons.CommonsEvent.Noted;
import dev.muster.protocol.commons.CommonsEvent.RoomOpened;
import dev.muster.protocol.commons.CommonsEvent.Said;
import dev.muster.protocol.commons.CommonsEvent.ValuePut;
import dev.muster.protocol.journal.EventNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills the tables `shared_value`, `worker_note` and `room_message`.
public final class CommonsReader implements TailReader {
  public static final String NAME = "commons";

  private static final String SAID =
      "INSERT INTO room_message (run, wave, number, worker, addressee, answers, waits_until,"
          + " content, written_at, floor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> events() {
    return EventNames.namesOf(CommonsEvent.class);
  }

  /// Whoever asks for what is shared has it read first.
  @Override
  public Duration pause() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void apply(Connection connection, List<JournalRow> rows) throws SQLException {
    for (var row : rows) {
      if (row.event() instanceof CommonsEvent event) apply(connection, row.origin().run(), event);
    }
  }

  private static void apply(Connection connection, String run, CommonsEvent event)
      throws SQLException {
    switch (event) {
      case ValuePut it -> put(connection, run, it);
      case Noted it ->
          insert(
              connection,
              "INSERT INTO worker_note (run, worker, number, name, content, written_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              run,
              it.worker(),
              it.number(),
              it.key(),
              it.value(),
              millis(it.at()));
      case RoomOpened it ->
          insert(
              connection,
              SAID,
              run,
              it.wave(),
              0L,
              "",
              null,
              null,
              null,
              it.text(),
              millis(it.at()),
              null);
      case Said it ->
          insert(
              connection,
              SAID,
              run,
              it.wave(),
              it.number(),
              it.worker(),
              it.to(),
              it.answers(),
              millis(it.until()),
              it.text(),
              millis(it.at()),
              it.floor());
    }
  }

  private static void put(Connection connection, String run, ValuePut it) throws SQLException {
    var old = "DELETE FROM shared_value WHERE run = ? AND name = ?";
    Sql.update(connection, old, List.of(run, it.key()));
    insert(
        connection,
        "INSERT INTO shared_value (run, name, version, content, worker, written_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        run,
        it.key(),
        it.version(),
        it.value(),
        it.worker(),
        millis(it.at()));
  }

  private static void insert(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    Sql.update(connection, sql, Arrays.asList(values));
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    for (var table : List.of("shared_value", "worker_note", "room_message")) {
      Sql.update(connection, "DELETE FROM " + table, List.of());
    }
  }
}

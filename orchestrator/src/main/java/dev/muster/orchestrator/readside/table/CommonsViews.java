package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.journal.tail.Tail;
import dev.muster.protocol.view.RoomMessage;
import dev.muster.protocol.view.SharedValue;
import dev.muster.protocol.view.WorkerNote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What the workers of runs share, as the tables have it, with the same promise as [RunViews].
public final class CommonsViews {
  private final Rows<JournalException> rows;
  private final Tail tail;

  public CommonsViews(DataSource database, Tail tail) {
    this.rows = JournalException.rows(database, "what workers share");
    this.tail = tail;
  }

  /// By key.
  ///
  /// @param after the last key that is known; empty begins with the first
  public List<SharedValue> values(String run, String after, int limit) {
    tail.catchUp(CommonsReader.NAME);
    return rows.all(
        "SELECT name, version, content, worker, written_at FROM shared_value"
            + " WHERE run = ? AND name > ? ORDER BY run, name LIMIT ?",
        row ->
            new SharedValue(
                row.getString(1), row.getLong(2), row.getString(3), row.getString(4), at(row, 5)),
        run,
        after,
        limit);
  }

  /// In the order they were kept.
  public List<WorkerNote> notes(String run, String worker, long after, int limit) {
    tail.catchUp(CommonsReader.NAME);
    return rows.all(
        "SELECT number, name, content, written_at FROM worker_note"
            + " WHERE run = ? AND worker = ? AND number > ? ORDER BY run, worker, number LIMIT ?",
        row -> new WorkerNote(row.getLong(1), row.getString(2), row.getString(3), at(row, 4)),
        run,
        worker,
        after,
        limit);
  }

  /// Wave by wave, each room in the order of what was said.
  ///
  /// @param wave null for all rooms
  /// @param afterWave with `after` the last message that is known; -1 for none
  public List<RoomMessage> messages(
      String run, @Nullable Integer wave, int afterWave, long after, int limit) {
    tail.catchUp(CommonsReader.NAME);
    return rows.all(
        "SELECT wave, number, worker, addressee, answers, waits_until, content, written_at, floor"
            + " FROM room_message WHERE run = ? AND wave BETWEEN ? AND ?"
            + " AND (wave, number) > (?, ?) ORDER BY run, wave, number LIMIT ?",
        CommonsViews::message,
        run,
        Math.max(wave == null ? 0 : wave, afterWave),
        wave == null ? Integer.MAX_VALUE : wave,
        afterWave,
        after,
        limit);
  }

  private static RoomMessage message(ResultSet row) throws SQLException {
    var worker = row.getString(3);
    var until = Sql.longOrNull(row, "waits_until");
    return new RoomMessage(
        row.getInt(1),
        row.getLong(2),
        worker.isEmpty() ? null : worker,
        row.getString(4),
        Sql.longOrNull(row, "answers"),
        until == null ? null : Instant.ofEpochMilli(until),
        row.getString(7),
        at(row, 8),
        row.getString(9));
  }

  private static Instant at(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}

package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.table.StateText.cut;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table `worker`.
final class WorkerRow {
  private static final int CREW_HELD = 1_000;

  private static final String UPDATE =
      "UPDATE worker SET place = ?, title = ?, wave = ?, phase = ?, attempt = ?, interruptions = ?,"
          + " node = ?, weak = ?, started_at = ?, settled_at = ?, took_millis = ?, busy_since = ?,"
          + " words = ?, parent = ?, state = ?, more = ? WHERE run = ? AND id = ?";
  private static final String INSERT =
      "INSERT INTO worker (place, title, wave, phase, attempt, interruptions, node, weak,"
          + " started_at, settled_at, took_millis, busy_since, words, parent, state, more, run, id)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private WorkerRow() {}

  static WorkerProjection read(ResultSet row) throws SQLException {
    return new StateText(row.getString("state"), row.getString("more")).as(WorkerProjection.class);
  }

  /// Something of each of a run's workers, in the order of the plan. It is taken out as each is
  /// read: of 100,000 workers no heap holds everything.
  ///
  /// @param wanted null leaves one out
  static <T> List<T> crew(
      Connection connection, String run, Function<WorkerProjection, @Nullable T> wanted)
      throws SQLException {
    record Placed<T>(int place, T it) {}
    var crew = new ArrayList<Placed<T>>();
    Sql.each(
        connection,
        "SELECT state, more FROM worker WHERE run = ? ORDER BY run, id",
        CREW_HELD,
        row -> {
          var worker = read(row);
          var it = wanted.apply(worker);
          if (it != null) crew.add(new Placed<>(worker.place(), it));
        },
        List.of(run));
    crew.sort(Comparator.comparingInt(Placed::place));
    return crew.stream().map(Placed::it).toList();
  }

  /// Those of them that the run has.
  static List<WorkerProjection> find(Connection connection, String run, List<String> ids)
      throws SQLException {
    if (ids.isEmpty()) return List.of();
    return Sql.all(
        connection,
        findSql(connection, ids.size()),
        WorkerRow::read,
        Sql.keys(connection, run, ids));
  }

  static String findSql(Connection connection, int count) throws SQLException {
    return Sql.byKey(connection, "state, more", "worker", "run", "id", count);
  }

  static void insert(Connection connection, String run, Collection<WorkerProjection> workers)
      throws SQLException {
    write(connection, INSERT, run, workers);
  }

  static void update(Connection connection, String run, Collection<WorkerProjection> workers)
      throws SQLException {
    write(connection, UPDATE, run, workers);
  }

  private static void write(
      Connection connection, String sql, String run, Collection<WorkerProjection> workers)
      throws SQLException {
    if (workers.isEmpty()) return;
    Sql.batch(connection, sql, workers.stream().map(worker -> columns(run, worker)));
  }

  private static List<@Nullable Object> columns(String run, WorkerProjection worker) {
    var view = worker.view(Instant.EPOCH);
    var busySince = worker.busySince();
    var took = busySince == null ? worker.tookSeconds(Instant.EPOCH) : Double.valueOf(0);
    var state = StateText.of(worker);
    return Arrays.<@Nullable Object>asList(
        worker.place(),
        cut(view.title(), 300),
        view.wave(),
        view.state().name(),
        view.attempt(),
        view.interruptions(),
        view.node() == null ? "" : cut(view.node(), 255),
        view.weak(),
        RunRow.millis(view.startedAt()),
        RunRow.millis(view.settledAt()),
        took == null ? null : Math.round(took * 1_000),
        busySince == null ? null : busySince.toEpochMilli(),
        cut(words(view.id(), view.title(), view.detail()), 10_000),
        view.parent() == null ? "" : view.parent(),
        state.text(),
        state.more(),
        run,
        view.id());
  }

  private static String words(String id, String title, @Nullable String detail) {
    return (id + " " + title + " " + (detail == null ? "" : detail)).toLowerCase(Locale.ROOT);
  }
}

package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.table.StateText.cut;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The table `run`.
final class RunRow {
  /// Stands for the phase of a run that cannot be told of.
  static final String DAMAGED = "DAMAGED";

  /// What a list looks for free words in.
  private static final int WORDS_CHARS = 10_000;

  /// No event says that a run is being deleted.
  static final String COLUMNS =
      "state, more, EXISTS (SELECT 1 FROM deleted_run WHERE deleted_run.run = run.id) AS deleting";

  static final String SELECT = "SELECT " + COLUMNS + " FROM run WHERE id = ?";
  private static final String UPDATE =
      "UPDATE run SET workforce = ?, phase = ?, started_at = ?, finished_at = ?, words = ?,"
          + " state = ?, more = ? WHERE id = ?";
  private static final String INSERT =
      "INSERT INTO run (workforce, phase, started_at, finished_at, words, state, more, id)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private RunRow() {}

  static RunProjection read(ResultSet row) throws SQLException {
    var text = new StateText(row.getString("state"), row.getString("more"));
    var run = text.as(RunProjection.class);
    run.deleting = row.getBoolean("deleting");
    return run;
  }

  static @Nullable RunProjection find(Connection connection, String run) throws SQLException {
    return Sql.one(connection, SELECT, RunRow::read, List.of(run));
  }

  static void insert(Connection connection, RunProjection run) throws SQLException {
    Sql.update(connection, INSERT, columns(run));
    TaggedRuns.insert(connection, run);
  }

  static void update(Connection connection, RunProjection run) throws SQLException {
    Sql.update(connection, UPDATE, columns(run));
  }

  private static List<@Nullable Object> columns(RunProjection run) {
    var workforce = run.plan(List.of()).workforce();
    var state = StateText.of(run);
    return new ArrayList<>(
        Arrays.<@Nullable Object>asList(
            cut(workforce, 255),
            run.damage() == null ? run.phase().name() : DAMAGED,
            run.startedAt().toEpochMilli(),
            millis(run.finishedAt()),
            cut(words(run, workforce), WORDS_CHARS),
            state.text(),
            state.more(),
            run.run()));
  }

  private static String words(RunProjection run, String workforce) {
    var settings = run.settings();
    return String.join(
            " ", run.run(), workforce, settings.folder(), String.join(" ", settings.tags()))
        .toLowerCase(Locale.ROOT);
  }

  /// -1 for no time.
  static long millis(@Nullable Instant at) {
    return at == null ? -1 : at.toEpochMilli();
  }
}

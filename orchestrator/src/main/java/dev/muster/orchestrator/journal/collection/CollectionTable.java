package dev.muster.orchestrator.journal.collection;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.view.CollectionView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `artifact_collection`: which database this is, when a collection is due, by the clock
/// of the database, and what the last one came to.
public record CollectionTable(DataSource database) {
  /// Not while a node starts.
  private static final Duration FIRST = Duration.ofHours(1);

  /// What one came to.
  record Outcome(
      Instant at, String node, long looked, int removed, long bytes, @Nullable String said) {}

  /// @param fresh what it is called when it has no name yet
  /// @return a name for this database that no other has
  public String store(String fresh) {
    rows()
        .insert(
            "INSERT INTO artifact_collection (id, store, due_at) SELECT 1, ?, CURRENT_TIMESTAMP + "
                + interval(FIRST)
                + " WHERE NOT EXISTS (SELECT 1 FROM artifact_collection)",
            fresh);
    return Objects.requireNonNull(
        rows().one("SELECT store FROM artifact_collection", row -> row.getString(1)));
  }

  /// What must be the same at the end of the looking as at its beginning; null when none is due.
  @Nullable Instant due() {
    return rows()
        .one(
            "SELECT due_at FROM artifact_collection WHERE due_at <= CURRENT_TIMESTAMP",
            row -> instant(row, "due_at"));
  }

  /// @param due as it was when it began: what a deletion has put off meanwhile stays so
  /// @param again when there is more to do, or it is time to look again
  void ended(Instant due, Outcome outcome, Duration again) {
    rows()
        .update(
            "UPDATE artifact_collection SET due_at = CASE WHEN due_at = ? THEN "
                + in(again)
                + " ELSE due_at END, ended_at = ?, node = ?, looked = ?, removed = ?, bytes = ?,"
                + " said = ?",
            due.atOffset(ZoneOffset.UTC),
            outcome.at().toEpochMilli(),
            outcome.node(),
            outcome.looked(),
            outcome.removed(),
            outcome.bytes(),
            outcome.said());
  }

  public CollectionView last() {
    var last =
        rows()
            .one(
                "SELECT due_at, ended_at, node, looked, removed, bytes, said FROM"
                    + " artifact_collection",
                CollectionTable::view);
    return last == null ? new CollectionView(null, null, null, 0, 0, 0, null) : last;
  }

  private static CollectionView view(ResultSet row) throws SQLException {
    var ended = Sql.longOrNull(row, "ended_at");
    return new CollectionView(
        instant(row, "due_at"),
        ended == null ? null : Instant.ofEpochMilli(ended),
        row.getString("node"),
        row.getLong("looked"),
        row.getLong("removed"),
        row.getLong("bytes"),
        row.getString("said"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static String in(Duration duration) {
    return "CURRENT_TIMESTAMP + " + interval(duration);
  }

  private static String interval(Duration duration) {
    return "INTERVAL '" + duration.toSeconds() + "' SECOND";
  }

  private Rows<IllegalStateException> rows() {
    return Rows.of(database, "what was collected from the artifact store");
  }
}

package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/// The table `deleted_run`: that a journal does not know a run is no reason to remove its files,
/// which may belong to another database; that it was deleted is one. Known for a year.
public record DeletedRuns(DataSource database) {
  private static final int KNOWN_DAYS = 366;
  private static final int IDS_PER_QUERY = 200;

  /// Whoever takes something over from an earlier run names it a moment after he has read of it.
  private static final int COLLECTED_AFTER_SECONDS = 300;

  /// Before anything of it goes: from then on nobody takes it up again.
  public void add(String run) {
    var rows = Rows.of(database, "that " + run + " is deleted");
    rows.update(
        "DELETE FROM deleted_run WHERE deleted_at < CURRENT_TIMESTAMP - INTERVAL '"
            + KNOWN_DAYS
            + "' DAY");
    // Several may delete it at once: nobody takes away what another one is about to add.
    rows.insert(
        "INSERT INTO deleted_run (run) SELECT ? WHERE NOT EXISTS"
            + " (SELECT 1 FROM deleted_run WHERE run = ?)",
        run,
        run);
  }

  /// Of a run that somebody took up before anything of it was gone.
  public void remove(String run) {
    Rows.of(database, "that " + run + " goes on")
        .update("DELETE FROM deleted_run WHERE run = ?", run);
  }

  /// Those of which something is left, the oldest first.
  ///
  /// @param age since their deletion began, at least
  public List<String> unfinished(Duration age) {
    return Rows.of(database, "which deletions were cut off")
        .all(
            "SELECT deleted_run.run FROM deleted_run JOIN run ON run.id = deleted_run.run WHERE"
                + " deleted_at <= CURRENT_TIMESTAMP - INTERVAL '"
                + age.toSeconds()
                + "' SECOND ORDER BY deleted_run.run",
            row -> row.getString(1));
  }

  /// With the last rows of a run: what only they have named is collected soon.
  static void collect(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "UPDATE artifact_collection SET due_at = CURRENT_TIMESTAMP + INTERVAL '"
            + COLLECTED_AFTER_SECONDS
            + "' SECOND",
        List.of());
  }

  /// Those of these that were deleted, or are just being.
  public Set<String> among(List<String> runs) {
    var rows = Rows.of(database, "which runs were deleted");
    var deleted = new HashSet<String>();
    for (var from = 0; from < runs.size(); from += IDS_PER_QUERY) {
      var some = runs.subList(from, Math.min(runs.size(), from + IDS_PER_QUERY));
      deleted.addAll(
          rows.all(
              "SELECT run FROM deleted_run WHERE run IN (" + Sql.marks(some.size()) + ")",
              row -> row.getString(1),
              some.toArray()));
    }
    return deleted;
  }
}

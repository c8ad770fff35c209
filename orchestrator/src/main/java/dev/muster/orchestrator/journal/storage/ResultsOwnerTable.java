package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.time.Instant;
import java.util.function.Predicate;
import javax.sql.DataSource;

/// The table `results_owner`: of several orchestrators one writes the results of a run that has
/// ended, and another only once that one is gone.
public record ResultsOwnerTable(DataSource database) {
  private record Owner(long endedAt, String name) {}

  /// Whether it falls to this one. Asking again is harmless.
  ///
  /// @param endedAt which ending of the run: it may have been taken up again since
  /// @param owner who asks, by a name that nobody has after it
  /// @param isThere whether whoever has that name may still be writing
  public boolean take(String run, Instant endedAt, String owner, Predicate<String> isThere) {
    var rows = Rows.of(database, "who writes the results of " + run);
    var ending = endedAt.toEpochMilli();
    if (rows.insert(
        "INSERT INTO results_owner (run, ended_at, owner) SELECT ?, ?, ?"
            + " WHERE NOT EXISTS (SELECT 1 FROM deleted_run WHERE run = ?)",
        run,
        ending,
        owner,
        run)) return true;
    var found =
        rows.one(
            "SELECT ended_at, owner FROM results_owner WHERE run = ?",
            row -> new Owner(row.getLong(1), row.getString(2)),
            run);
    if (found == null) return false;
    var own = found.name().equals(owner);
    if (found.endedAt() == ending && own) return true;
    // An earlier ending may be the newer one: the clock may have been put back since.
    if (found.endedAt() >= ending && !own && isThere.test(found.name())) return false;
    return rows.update(
            "UPDATE results_owner SET ended_at = ?, owner = ?"
                + " WHERE run = ? AND ended_at = ? AND owner = ?",
            ending,
            owner,
            run,
            found.endedAt(),
            found.name())
        > 0;
  }
}

package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.time.Instant;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `results_owner`: of several orchestrators one writes the results of a run that has
/// ended, and another only once that one is gone or stands still.
public record ResultsOwnerTable(DataSource database) {
  /// @param endedAt which ending it writes, in milliseconds
  /// @param name nobody has it after its owner
  /// @param beat is another one each time the owner has moved on
  public record Owner(long endedAt, String name, long beat) {}

  /// Whether it falls to this one. Asking again is harmless.
  ///
  /// @param endedAt which ending of the run: it may have been taken up again since
  /// @param owner who asks, by a name that nobody has after it
  /// @param isThere whether whoever has that name may still be writing
  public boolean take(String run, Instant endedAt, String owner, Predicate<String> isThere) {
    if (enter(run, endedAt, owner)) return true;
    var found = owner(run);
    if (found == null) return false;
    var ending = endedAt.toEpochMilli();
    var own = found.name().equals(owner);
    if (found.endedAt() == ending && own) return true;
    // An earlier ending may be the newer one: the clock may have been put back since.
    if (found.endedAt() >= ending && !own && isThere.test(found.name())) return false;
    return rows(run)
            .update(
                "UPDATE results_owner SET ended_at = ?, owner = ?, beat = beat + 1"
                    + " WHERE run = ? AND ended_at = ? AND owner = ?",
                ending,
                owner,
                run,
                found.endedAt(),
                found.name())
        > 0;
  }

  /// Whether it is still this one's, who has moved on since it asked last.
  public boolean keep(String run, Instant endedAt, String owner) {
    return rows(run)
            .update(
                "UPDATE results_owner SET beat = beat + 1"
                    + " WHERE run = ? AND ended_at = ? AND owner = ?",
                run,
                endedAt.toEpochMilli(),
                owner)
        > 0;
  }

  /// Who writes the results of this run, or has written them; null where nobody has begun.
  public @Nullable Owner owner(String run) {
    return rows(run)
        .one(
            "SELECT ended_at, owner, beat FROM results_owner WHERE run = ?",
            row -> new Owner(row.getLong(1), row.getString(2), row.getLong(3)),
            run);
  }

  /// Takes it from whoever had it, unless that one has moved on meanwhile. Of several that try one
  /// succeeds.
  ///
  /// @param from as it was seen; null where nobody had begun
  public boolean takeFrom(String run, Instant endedAt, String owner, @Nullable Owner from) {
    if (from == null) return enter(run, endedAt, owner);
    return rows(run)
            .update(
                "UPDATE results_owner SET ended_at = ?, owner = ?, beat = beat + 1"
                    + " WHERE run = ? AND ended_at = ? AND owner = ? AND beat = ?",
                endedAt.toEpochMilli(),
                owner,
                run,
                from.endedAt(),
                from.name(),
                from.beat())
        > 0;
  }

  private boolean enter(String run, Instant endedAt, String owner) {
    return rows(run)
        .insert(
            "INSERT INTO results_owner (run, ended_at, owner) SELECT ?, ?, ?"
                + " WHERE NOT EXISTS (SELECT 1 FROM deleted_run WHERE run = ?)",
            run,
            endedAt.toEpochMilli(),
            owner,
            run);
  }

  private Rows<IllegalStateException> rows(String run) {
    return Rows.of(database, "who writes the results of " + run);
  }
}

package dev.muster.orchestrator.readside.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The workers of one run as a batch has them, each counted again after it was changed.
final class BatchCrew implements Crew {
  private static final int AT_ONCE = 1_000;

  private final RunBatch batch;
  private final RunProjection run;
  private final Instant at;
  private @Nullable SQLException failure;

  BatchCrew(RunBatch batch, RunProjection run, Instant at) {
    this.batch = batch;
    this.run = run;
    this.at = at;
  }

  @Override
  public void each(List<String> ids, Consumer<WorkerProjection> change) {
    try {
      for (var from = 0; from < ids.size(); from += AT_ONCE) {
        change(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)), change);
      }
    } catch (SQLException e) {
      failure = e;
    }
  }

  private void change(List<String> ids, Consumer<WorkerProjection> change) throws SQLException {
    batch.need(run.run(), ids);
    for (var id : ids) {
      var worker = batch.worker(run.run(), id);
      if (worker != null) run.changing(worker, at, change);
    }
  }

  @Override
  public void eachNotBegun(Consumer<WorkerProjection> change) {
    try {
      var after = "";
      List<String> ids;
      do {
        ids = batch.notBegun(run.run(), after, AT_ONCE);
        change(ids, change);
        if (!ids.isEmpty()) after = ids.getLast();
      } while (ids.size() == AT_ONCE);
    } catch (SQLException e) {
      failure = e;
    }
  }

  /// The pure fold knows no database: what that said is said after it.
  void rethrow() throws SQLException {
    if (failure != null) throw failure;
  }
}

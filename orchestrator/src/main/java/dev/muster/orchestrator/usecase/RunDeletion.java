package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.DeletedRuns;
import dev.muster.orchestrator.journal.storage.RunRows;
import dev.muster.orchestrator.journal.tail.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the memory of a run that has ended: its events, its logs and what this node has of its
/// workspaces; other nodes remove theirs when they keep house. Its results folder stays, and so
/// does of its artifacts what another run names; the rest is collected later.
public final class RunDeletion {
  private static final Logger LOG = LoggerFactory.getLogger(RunDeletion.class);

  /// Of ten seconds each.
  private static final int FORGET_TRIES_MAX = 12;

  private final Runs runs;
  private final RunFiles files;
  private final RunRows rows;
  private final DeletedRuns deleted;
  private final RunLookup lookup;

  public RunDeletion(Runs runs, RunFiles files, DataSource database, RunLookup lookup) {
    this.runs = runs;
    this.files = files;
    this.rows = new RunRows(database);
    this.deleted = new DeletedRuns(database);
    this.lookup = lookup;
  }

  /// @param events how many the journal held
  record Deleted(String run, int events) {}

  /// It is said to be deleted before anything of it goes, and what makes it known goes last: a
  /// deletion that is cut off anywhere between is finished by [#finish], or by whoever deletes it
  /// again.
  public Deleted delete(String run) {
    try {
      return new Deleted(run, events(run));
    } catch (Refusal e) {
      if (e.kind() == Refusal.Kind.CONFLICT) deleted.remove(run); // it goes on
      throw e;
    }
  }

  /// Deletes what is left of runs whose deletion was cut off. One that does not go holds back no
  /// other.
  ///
  /// @param age since it began: a younger one may be under way
  /// @param enough ends it before the next run
  public void finish(Duration age, BooleanSupplier enough) {
    for (var run : deleted.unfinished(age)) {
      if (enough.getAsBoolean()) return;
      try {
        delete(run);
        LOG.info("{}: its deletion, which was cut off, is finished", run);
      } catch (RuntimeException e) {
        LOG.warn("{}: its deletion was cut off, and is not finished: {}", run, e.getMessage());
      }
    }
  }

  /// The files go before the rows: workspaces beside an empty journal look like a journal that was
  /// lost.
  private int events(String run) {
    var version = lookup.version(run);
    var state = lookup.run(run).state();
    if (!state.finished()) {
      throw Refusal.conflict(
          "not-finished",
          "expected a run that has ended, but %s is %s; cancel it first".formatted(run, state));
    }
    forget(run);
    deleted.add(run);
    files.remove(run);
    // That may have taken long enough for somebody to take the run up again, and to end it. A large
    // run is not brought back into memory for nothing.
    if (!lookup.version(run).equals(version)) forget(run);
    var ids = persistenceIds(run);
    var events = rows.deleteMost(run, ids);
    // Somebody may have spoken to it meanwhile, and so have brought it back into memory, or had it
    // persist one event more.
    Await.answerOrNull(runs.forget(run));
    return events
        + rows.deleteMost(run, ids)
        + rows.deleteLast(run, Origin.run(run).persistenceId());
  }

  /// A large run is recovered before it can answer, and what is said to a supervisor while it stops
  /// is lost.
  private void forget(String run) {
    for (var tries = 1; ; tries++) {
      try {
        Await.answer(runs.forget(run));
        return;
      } catch (Refusal e) {
        if (e.kind() != Refusal.Kind.UNAVAILABLE || tries == FORGET_TRIES_MAX) throw e;
      }
    }
  }

  private List<String> persistenceIds(String run) {
    var ids = new ArrayList<String>();
    for (var worker : lookup.plan(run).workers()) {
      ids.add(Origin.worker(run, worker.id()).persistenceId());
      ids.add(Origin.commons(run, worker.id()).persistenceId());
    }
    ids.add(Origin.commons(run, null).persistenceId());
    ids.add(Origin.gate(run).persistenceId());
    return ids;
  }
}

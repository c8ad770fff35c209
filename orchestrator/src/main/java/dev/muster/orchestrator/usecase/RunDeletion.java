package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.RunRows;
import dev.muster.orchestrator.journal.tail.Origin;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Ends the memory of a run that has ended: its events, its logs and what this node has of its
/// workspaces; other nodes remove theirs when they keep house. Its results folder stays, and so
/// does of its artifacts what another run names; the rest is collected later.
public final class RunDeletion {
  /// Of ten seconds each.
  private static final int FORGET_TRIES_MAX = 12;

  private final Runs runs;
  private final RunFiles files;
  private final DataSource database;
  private final RunLookup lookup;

  public RunDeletion(Runs runs, RunFiles files, DataSource database, RunLookup lookup) {
    this.runs = runs;
    this.files = files;
    this.database = database;
    this.lookup = lookup;
  }

  /// @param events how many the journal held
  record Deleted(String run, int events) {}

  /// The files go before the rows: a run whose files are gone is still there to be deleted again,
  /// and workspaces beside an empty journal look like a journal that was lost.
  public Deleted delete(String run) {
    var version = lookup.version(run);
    var state = lookup.run(run).state();
    if (!state.finished()) {
      throw Refusal.conflict(
          "not-finished",
          "expected a run that has ended, but %s is %s; cancel it first".formatted(run, state));
    }
    forget(run);
    files.remove(run);
    // That may have taken long enough for somebody to take the run up again, and to end it. A large
    // run is not brought back into memory for nothing.
    if (!lookup.version(run).equals(version)) forget(run);
    var ids = persistenceIds(run);
    var rows = new RunRows(database);
    var events = rows.delete(run, ids);
    // Somebody may have spoken to it meanwhile, and so have brought it back into memory, or had it
    // persist one event more.
    Await.answerOrNull(runs.forget(run));
    events += rows.delete(run, ids);
    return new Deleted(run, events);
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
    ids.add(Origin.run(run).persistenceId());
    return ids;
  }
}

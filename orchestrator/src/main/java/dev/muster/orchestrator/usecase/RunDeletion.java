package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.RunRows;
import dev.muster.orchestrator.journal.tail.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Ends the memory of a run that has ended: its events, its logs and what this node has of its
/// workspaces; other nodes remove theirs when they keep house. Its results folder stays, and so
/// does of its artifacts what another run names; the rest is collected later.
public final class RunDeletion {
  /// A large one that nobody has asked about for long is recovered first.
  private static final Duration FORGOTTEN_WITHIN = Duration.ofMinutes(2);

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
    var state = lookup.run(run).state();
    if (!state.finished()) {
      throw Refusal.conflict(
          "not-finished",
          "expected a run that has ended, but %s is %s; cancel it first".formatted(run, state));
    }
    Await.answer(runs.forget(run), FORGOTTEN_WITHIN);
    files.remove(run);
    // That may have taken long enough for somebody to take the run up again, and to end it.
    Await.answer(runs.forget(run), FORGOTTEN_WITHIN);
    var ids = persistenceIds(run);
    var rows = new RunRows(database);
    var events = rows.delete(run, ids);
    // Somebody may have spoken to it meanwhile, and so have brought it back into memory, or had it
    // persist one event more.
    Await.answerOrNull(runs.forget(run));
    events += rows.delete(run, ids);
    return new Deleted(run, events);
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

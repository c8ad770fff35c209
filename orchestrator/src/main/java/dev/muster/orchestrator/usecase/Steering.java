package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.DeletedRuns;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunStatus;
import java.util.List;

/// What an operator does to a run. Where it names workers, it concerns those; else the whole run.
public final class Steering {
  private final Runs runs;
  private final RunLookup lookup;
  private final RunTexts texts;
  private final Effects effects;
  private final DeletedRuns deleted;

  public Steering(
      Runs runs, RunLookup lookup, RunTexts texts, Effects effects, DeletedRuns deleted) {
    this.runs = runs;
    this.lookup = lookup;
    this.texts = texts;
    this.effects = effects;
    this.deleted = deleted;
  }

  public RunStatus pause(String run, List<String> workers, String by) {
    return Await.answer(runs.pause(run, workers, by));
  }

  public RunStatus resume(String run, List<String> workers, String by) {
    return Await.answer(runs.resume(run, workers, by));
  }

  public RunStatus cancel(String run, List<String> workers, String by) {
    var status = Await.answer(runs.cancel(run, workers, by));
    effects.awaitCancelled(run, workers);
    var live = lookup.status(run);
    return live == null ? status.carried(false) : live;
  }

  public RunStatus tag(String run, List<String> add, List<String> remove, String by) {
    return Await.answer(runs.tag(run, add, remove, by));
  }

  public RunStatus retry(String run, List<String> workers, String by) {
    refuseDeleted(run);
    return Await.answer(runs.retry(run, workers, by));
  }

  /// A retry that takes the texts that have changed.
  public RunStatus refresh(String run, List<String> workers, String by) {
    refuseDeleted(run);
    List<RunPlan.Planned> taken = texts.take(run, workers).texts();
    return Await.answer(runs.refresh(run, workers, taken, by));
  }

  public RunStatus launch(String run, int wave, String by) {
    var status = Await.answer(runs.launch(run, wave, by));
    effects.awaitLaunched(run, wave);
    return status;
  }

  /// While a deletion is under way, or where it was cut off, some workers may not know any more
  /// that they have done their work.
  private void refuseDeleted(String run) {
    if (deleted.among(List.of(run)).isEmpty()) return;
    throw Refusal.conflict(
        "half-deleted",
        "expected a run that is whole, but the deletion of %s has begun; delete it once more"
            .formatted(run));
  }
}

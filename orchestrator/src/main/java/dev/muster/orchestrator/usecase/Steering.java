package dev.muster.orchestrator.usecase;

import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunStatus;
import java.util.List;

/// What an operator does to a run. Where it names workers, it concerns those; else the whole run.
public final class Steering {
  private final Runs runs;
  private final RunLookup lookup;
  private final RunTexts texts;
  private final Effects effects;

  public Steering(Runs runs, RunLookup lookup, RunTexts texts, Effects effects) {
    this.runs = runs;
    this.lookup = lookup;
    this.texts = texts;
    this.effects = effects;
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
    lookup.existing(run);
    return Await.answer(runs.retry(run, workers, by));
  }

  /// A retry that takes the texts that have changed.
  public RunStatus refresh(String run, List<String> workers, String by) {
    lookup.existing(run);
    List<RunPlan.Planned> taken = texts.take(run, workers).texts();
    return Await.answer(runs.refresh(run, workers, taken, by));
  }

  public RunStatus launch(String run, int wave, String by) {
    var status = Await.answer(runs.launch(run, wave, by));
    effects.awaitLaunched(run, wave);
    return status;
  }
}

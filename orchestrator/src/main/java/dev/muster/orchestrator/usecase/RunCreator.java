package dev.muster.orchestrator.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;

/// Turns a folder into a run: reads, lints, plans, stores the instructions, and starts it.
public interface RunCreator {
  /// Blocks until the run is durable; repeating it with the same id is harmless. Throws `Refusal`
  /// with the findings when the folder cannot be run.
  void create(NewRun wanted);

  /// What has changed in a run's folder since the run took its texts.
  TextChanges changes(RunPlan plan, RunSettings settings);

  /// Stores the new texts, so that workers find them.
  void take(TextChanges changes, RunSettings settings);

  /// Lints one text.
  ///
  /// @return `{"approved","score","missing","findings", …}`
  JsonNode check(String name, String text);
}

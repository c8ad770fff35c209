package dev.muster.orchestrator.wave;

import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunSettings;
import java.util.List;

/// Is told what the supervisor has persisted, possibly more than once. Must return at once.
public interface RunListener {
  void settled(String run, RunSettings settings, List<String> workers);

  void remembered(String run, Retrospective retrospective);

  /// The run has finished, or is held: its summary is due.
  void summaryDue(String run, RunSettings settings, RunPhase phase);
}

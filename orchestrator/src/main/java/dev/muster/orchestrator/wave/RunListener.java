package dev.muster.orchestrator.wave;

import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunStatus;

/// Is told what the supervisor has persisted, possibly more than once. Must return at once.
public interface RunListener {
  void settled(String run, String worker);

  void remembered(String run, Retrospective retrospective);

  /// The run has finished, or is held: its summary is due.
  void summaryDue(RunStatus status);
}

package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunStatus;
import java.util.function.Consumer;

/// Is told what the supervisor has persisted, possibly more than once. Must return at once.
public interface RunListener {
  void settled(String run, String worker);

  void remembered(String run, Retrospective retrospective);

  /// The run has finished, or is held: its summary is due.
  ///
  /// @param done to be told from any thread what became of it
  void summaryDue(RunStatus status, Consumer<ResultsReport> done);
}

package dev.muster.orchestrator.readside.table;

import java.util.List;
import java.util.function.Consumer;

/// The workers of one run, as far as an event concerns them.
interface Crew {
  /// Those of them that the run has.
  void each(List<String> ids, Consumer<WorkerProjection> change);

  /// Those that are enlisted or blocked.
  void eachNotBegun(Consumer<WorkerProjection> change);
}

package dev.muster.orchestrator.app;

import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Assignment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Whether a worker has settled as a report says.
@FunctionalInterface
public interface Truth {
  /// Where no other process can send a message, every report comes from the worker itself.
  Truth ITS_WORD = (_, _, _) -> CompletableFuture.completedStage(true);

  /// @param wanted what the run wants of it now, for one that had done it already
  CompletionStage<Boolean> confirms(String run, WorkerReported report, Supplier<Assignment> wanted);
}

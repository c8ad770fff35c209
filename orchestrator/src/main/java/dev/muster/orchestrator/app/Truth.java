package dev.muster.orchestrator.app;

import dev.muster.protocol.run.RunCommand.WorkerReported;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Whether a worker has settled as a report says.
@FunctionalInterface
public interface Truth {
  /// Where no other process can send a message, every report comes from the worker itself.
  Truth ITS_WORD = (_, _) -> CompletableFuture.completedStage(true);

  CompletionStage<Boolean> confirms(String run, WorkerReported report);
}

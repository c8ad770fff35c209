package dev.muster.orchestrator.app;

import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Assignment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Whether what was sent in the name of a worker is so.
public interface Truth {
  /// Where no other process can send a message, all that is said of a worker comes from itself.
  Truth ITS_WORD =
      new Truth() {
        @Override
        public CompletionStage<Boolean> confirms(
            String run, WorkerReported report, Supplier<Assignment> wanted) {
          return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<Boolean> asks(String run, Spawn spawn) {
          return CompletableFuture.completedStage(true);
        }
      };

  /// Whether it has settled as a report says.
  ///
  /// @param wanted what the run wants of it now, for one that had done it already
  CompletionStage<Boolean> confirms(String run, WorkerReported report, Supplier<Assignment> wanted);

  /// Whether it asks for sub-workers, by the step that is named.
  CompletionStage<Boolean> asks(String run, Spawn spawn);
}

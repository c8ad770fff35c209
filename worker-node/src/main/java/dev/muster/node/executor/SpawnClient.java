package dev.muster.node.executor;

import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.SubTask;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The run, as an executor asks it for sub-workers. Answers may get lost: a stage that fails is
/// asked again, and what was asked for under an ordinal is not made twice.
@FunctionalInterface
public interface SpawnClient {
  /// @param epoch of the worker that asks
  /// @param ordinal of the step by which it asks
  CompletionStage<Spawned> spawn(
      String run, String parent, int epoch, int ordinal, List<SubTask> tasks);
}

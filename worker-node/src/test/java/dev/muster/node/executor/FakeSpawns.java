package dev.muster.node.executor;

import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.SubTask;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// A run that tells of sub-workers what a test says.
final class FakeSpawns implements SpawnClient {
  record Asked(int epoch, int ordinal, List<SubTask> tasks) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  volatile Spawned answer = Spawned.refused("nobody is asked for here");

  @Override
  public CompletionStage<Spawned> spawn(
      String run, String parent, int epoch, int ordinal, List<SubTask> tasks) {
    asked.add(new Asked(epoch, ordinal, tasks));
    return CompletableFuture.completedFuture(answer);
  }
}

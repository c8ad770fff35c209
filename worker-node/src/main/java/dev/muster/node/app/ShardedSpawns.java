package dev.muster.node.app;

import dev.muster.node.executor.SpawnClient;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.SubTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// The runs that sub-workers are asked of, wherever in the cluster they live.
public record ShardedSpawns(ClusterSharding sharding) implements SpawnClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  @Override
  public CompletionStage<Spawned> spawn(
      String run, String parent, int epoch, int ordinal, List<SubTask> tasks) {
    return sharding
        .entityRefFor(RunCommand.TYPE_KEY, run)
        .askWithStatus(
            replyTo -> new RunCommand.Spawn(parent, epoch, ordinal, tasks, replyTo), ANSWER_WITHIN);
  }
}

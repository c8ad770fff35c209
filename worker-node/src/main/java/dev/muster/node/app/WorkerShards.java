package dev.muster.node.app;

import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerCommand;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/// Finds the shard of a worker by the labels and the hash of its address.
final class WorkerShards
    extends ShardingMessageExtractor<ShardingEnvelope<WorkerCommand>, WorkerCommand> {
  @Override
  public String entityId(ShardingEnvelope<WorkerCommand> envelope) {
    return envelope.entityId();
  }

  @Override
  public String shardId(String entityId) {
    return WorkerAddress.shardId(entityId);
  }

  @Override
  public WorkerCommand unwrapMessage(ShardingEnvelope<WorkerCommand> envelope) {
    return envelope.message();
  }
}

package dev.muster.host;

import dev.muster.host.settings.ProviderKey;
import dev.muster.node.app.WorkerNode;
import dev.muster.node.models.pool.ClusterDesk;
import dev.muster.node.models.pool.DeskActor;
import dev.muster.node.models.pool.ModelPool;
import java.time.InstantSource;
import java.util.Random;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Brings a node's settings of models to life.
record ModelDesk(NodeKind kind, StoredSecrets secrets, InstantSource clock) {
  /// Every node of a cluster must: the desk may come to be on any that works.
  ModelPool begin(ActorContext<?> guardian) {
    var system = guardian.getSystem();
    var desk =
        kind.isOneOfSeveral()
            ? ClusterDesk.of(system, WorkerNode.ROLE, clock)
            : ClusterDesk.own(system, guardian.spawn(DeskActor.create(clock), "model-desk"));
    var settings =
        kind.options().settings().models().withKeys(it -> ProviderKey.opened(it, secrets));
    return ModelPool.overHttp(settings, desk, clock, new Random());
  }
}

package dev.muster.host;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes this node out of the cluster at once when it may no longer act for its workers.
final class Fence {
  private static final Logger LOG = LoggerFactory.getLogger(Fence.class);

  private final ActorSystem<?> system;
  private final AtomicBoolean told = new AtomicBoolean();

  Fence(ActorSystem<?> system) {
    this.system = system;
  }

  void close(String why) {
    if (!told.compareAndSet(false, true)) return;
    LOG.error("this node leaves the cluster at once: {}", why);
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterDowningReason());
  }

  /// Whether the others have given this node's workers to somebody else, or are about to: also when
  /// it was the resolver who decided so.
  boolean isClosed() {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .filter(CoordinatedShutdown.clusterDowningReason()::equals)
        .isPresent();
  }
}

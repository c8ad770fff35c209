package dev.muster.host;

import dev.muster.orchestrator.api.server.Health;
import dev.muster.orchestrator.engine.membership.Membership;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a node may act, as far as that is known while it comes up: its health, its place in the
/// cluster, and the fence that puts it out.
final class Presence {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final Consumer<String> notices;
  private volatile Health health = Health.STARTING;
  private volatile @Nullable Fence fence;
  private volatile @Nullable Membership membership;

  Presence(Consumer<String> notices) {
    this.notices = notices;
  }

  void guardedBy(Fence fence) {
    this.fence = fence;
  }

  void placedBy(Membership membership) {
    this.membership = membership;
  }

  void leave() {
    var member = membership;
    if (member != null) member.close();
  }

  void putOut(String why) {
    var it = fence;
    if (it != null) it.close(why);
  }

  boolean isPutOut() {
    var it = fence;
    return it != null && it.isClosed();
  }

  void waitForDatabase(String why) {
    health = new Health(false, "DATABASE_DOWN", why);
    LOG.warn("{}", why);
    notices.accept(why);
  }

  /// Where the node has no API to tell.
  Health health() {
    var member = membership;
    if (member == null) return health;
    if (!member.standing().databaseAnswers()) {
      return new Health(false, "DATABASE_DOWN", "the database does not answer");
    }
    return member.isMember()
        ? new Health(true, "UP", "the node is a member of the cluster")
        : new Health(false, "JOINING", "the node looks for an orchestrator to join");
  }
}

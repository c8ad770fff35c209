package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.protocol.view.NodeView;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A node of a local cluster, as this machine and the orchestrator see it.
///
/// @param url of its API or, of a worker node, of its health
/// @param pid null when it does not run
/// @param headroom as the orchestrator sees it; null when none answers, or it does not know the
///   node
public record NodeStatus(
    Member node, URI url, State state, @Nullable Long pid, @Nullable NodeView headroom) {
  public enum State {
    UP,
    /// Its process runs but is not, or no longer, fit to work.
    NOT_READY,
    /// A signal has suspended its process (SIGSTOP).
    SUSPENDED,
    DOWN
  }

  public List<String> roles() {
    return switch (node.role()) {
      case BOTH -> List.of("orchestrator", "worker");
      case ORCHESTRATOR, WORKER -> List.of(node.role().name().toLowerCase(Locale.ROOT));
    };
  }
}

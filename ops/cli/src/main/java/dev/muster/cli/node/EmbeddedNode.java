package dev.muster.cli.node;

/// The node of this build: orchestrator and worker-node composed in one JVM.
public final class EmbeddedNode implements NodeHost {
  @Override
  public RunningNode start(NodeOptions options) {
    throw new NodeStartException(
        NodeStartException.Kind.OTHER, "this build cannot host a node yet", null);
  }
}

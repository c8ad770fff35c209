package dev.muster.host;

/// Starts a node inside this process.
public interface NodeHost {
  /// Returns once the node answers requests.
  ///
  /// @throws NodeStartException when it cannot be started, saying why in words for an operator
  RunningNode start(NodeOptions options);
}

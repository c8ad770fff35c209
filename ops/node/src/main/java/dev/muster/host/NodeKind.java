package dev.muster.host;

import dev.muster.node.app.WorkerNode;
import dev.muster.orchestrator.app.Orchestrator;
import dev.muster.orchestrator.engine.membership.Self;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;

/// What the settings, and whoever starts it, make of a node.
record NodeKind(NodeOptions options) {
  /// Several nodes share a database server; the embedded database has one node.
  boolean isOneOfSeveral() {
    return options.settings().database().isServer();
  }

  boolean works() {
    return !options.control() && options.settings().cluster().role().works();
  }

  boolean orchestrates() {
    return options.control() || options.settings().cluster().role().orchestrates();
  }

  /// The others want to know how full it is. A node that only looks at its own folder has no
  /// others.
  boolean isMeasured() {
    return !options.control() || isOneOfSeveral();
  }

  List<String> roles() {
    if (!works()) return List.of(Orchestrator.ROLE);
    return orchestrates() ? List.of(Orchestrator.ROLE, WorkerNode.ROLE) : List.of(WorkerNode.ROLE);
  }

  Self self(ActorSystem<?> system) {
    var address = Cluster.get(system).selfMember().address();
    var hostAndPort = address.getHost().orElseThrow() + ":" + address.getPort().orElseThrow();
    var incarnation = UUID.randomUUID().toString();
    // Whoever only wants to look must not take the name of the node that works here.
    var passing = options.control() && isOneOfSeveral();
    var name = options.settings().nodeName();
    if (passing) name = "%.48s-cli-%.6s".formatted(name, incarnation);
    return new Self(name, hostAndPort, incarnation, roles(), passing);
  }
}

package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.membership.NodeRegistry;
import dev.muster.orchestrator.readside.view.NodeViews;
import dev.muster.protocol.headroom.HeadroomTrend;
import dev.muster.protocol.view.NodeView;
import java.util.List;

/// The nodes there are, and taking work off one. What an operator wants is kept in the registry, so
/// it holds whoever answers, and for the next life of the node too.
public record ClusterNodes(Nodes nodes, NodeRegistry registry) {
  public List<NodeView> all() {
    return NodeViews.all(Await.answer(nodes.describe()).nodes(), nodes.registered());
  }

  /// How a node did in the last hour, as this orchestrator has heard.
  public HeadroomTrend recall(String name) {
    if (all().stream().noneMatch(it -> it.name().equals(name))) throw unknown(name);
    return Await.answer(nodes.recall(name));
  }

  /// @param drained whether the node is to take no more work
  public void drain(String name, boolean drained) {
    if (registry.drain(name, drained)) return;
    throw unknown(name);
  }

  private static Refusal unknown(String name) {
    return Refusal.unknown(
        "no-such-node", "no node named " + name + " has ever joined; see: muster nodes list");
  }
}

package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.usecase.ClusterNodes;
import java.util.List;

/// Takes work off a node, and gives it back.
public final class DrainEndpoints {
  private final ClusterNodes nodes;

  public DrainEndpoints(ClusterNodes nodes) {
    this.nodes = nodes;
  }

  /// @param drained whether the node is to take no more work
  record Drained(String name, boolean drained) {}

  public List<Endpoint> all() {
    return List.of(
        post("/api/v1/nodes/{node}/drain", call -> drain(call, true)),
        post("/api/v1/nodes/{node}/uncordon", call -> drain(call, false)));
  }

  private Answer drain(Call call, boolean drained) {
    var name = call.part("node");
    nodes.drain(name, drained);
    return Answer.ok(new Drained(name, drained));
  }
}

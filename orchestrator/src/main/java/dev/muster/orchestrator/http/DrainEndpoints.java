package dev.muster.orchestrator.http;

import static dev.muster.orchestrator.http.Endpoint.post;

import java.util.List;

/// Takes work off a node, and gives it back.
final class DrainEndpoints {
  private final ClusterNodes nodes;

  DrainEndpoints(ClusterNodes nodes) {
    this.nodes = nodes;
  }

  /// @param drained whether the node is to take no more work
  record Drained(String name, boolean drained) {}

  List<Endpoint> all() {
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

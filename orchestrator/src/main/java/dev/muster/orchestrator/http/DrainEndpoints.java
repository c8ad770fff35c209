package dev.muster.orchestrator.http;

import static dev.muster.orchestrator.http.Endpoint.post;

import dev.muster.orchestrator.membership.NodeRegistry;
import java.util.List;

/// Takes work off a node, and gives it back. What an operator wants is kept in the registry, so it
/// holds whoever answers, and for the next life of the node too.
final class DrainEndpoints {
  private final NodeRegistry registry;

  DrainEndpoints(Api api) {
    this.registry = new NodeRegistry(api.database());
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
    if (registry.drain(name, drained)) return Answer.ok(new Drained(name, drained));
    throw ProblemException.of(
        404, "no-such-node", "no node named " + name + " has ever joined; see: muster nodes list");
  }
}

package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.journal.storage.DatabasePulse;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.protocol.view.NodeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Nodes with their headroom, the linter, and the health of this node.
public final class NodeEndpoints {
  private static final int TEXT_CHARS = 2 * Endpoint.MIB;

  private final Api api;
  private final ClusterNodes nodes;
  private final DatabasePulse<Long> pulse;

  public NodeEndpoints(Api api, ClusterNodes nodes) {
    this.api = api;
    this.nodes = nodes;
    this.pulse = new DatabasePulse<>(api.views().journal()::newest, Thread::startVirtualThread);
  }

  private final Listing<NodeView> listing =
      new Listing<>(NodeView::name)
          .field("name", NodeView::name)
          .choice("status", List.of("UP", "SILENT", "DOWN"), NodeView::status)
          .flag("open", NodeView::open)
          .flag("drained", NodeView::drained)
          .words(NodeView::name)
          .sortedBy("name");

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/nodes", call -> Answer.ok(listing.page(nodes.all(), call))).alsoScoped(),
        get("/api/v1/nodes/{node}/headroom", call -> Answer.ok(nodes.recall(call.part("node"))))
            .alsoScoped(),
        post("/api/v1/instructions/check", this::check)
            .needing(Permission.READ)
            .taking(2 * Endpoint.MIB)
            .changingNothing()
            .alsoScoped(),
        get("/health/live", _ -> Answer.ok(Map.of("status", "UP"))).beforeReady().open(),
        get("/health/ready", _ -> ready()).beforeReady().open());
  }

  private Answer check(Call call) {
    var body = call.json();
    var text = body.required("text", TEXT_CHARS);
    var name = body.text("name", 255);
    body.check();
    return Answer.ok(api.creator().check(name == null ? "WORKER_000_Check.md" : name, text));
  }

  private Answer ready() {
    if (!api.ready().getAsBoolean()) {
      return unready("STARTING", "this node is starting, or has no place in its cluster yet");
    }
    var beat = pulse.feel();
    if (beat.problem() != null) return unready("DATABASE_DOWN", beat.problem());
    var answer = new LinkedHashMap<String, Object>();
    // Work goes on, and it is the readers of the journal alone that lag: not a reason to be
    // avoided.
    var problem = api.readSide().tail().problem();
    answer.put("status", problem == null ? "UP" : "DEGRADED");
    if (problem != null) answer.put("detail", problem);
    var webhooks = webhooks();
    if (!webhooks.isEmpty()) answer.put("webhooks", webhooks);
    answer.put("journal", beat.answer());
    answer.put("version", api.version());
    return Answer.ok(answer);
  }

  /// By their names alone: anybody may ask. What is told late is no reason to avoid a node.
  private Map<String, String> webhooks() {
    var states = new LinkedHashMap<String, String>();
    for (var it : api.webhooks().get()) states.put(it.name(), it.failing() ? "FAILING" : "UP");
    return states;
  }

  private static Answer unready(String status, String detail) {
    return Answer.json(503, Map.of("status", status, "detail", detail)).with("Retry-After", "1");
  }
}

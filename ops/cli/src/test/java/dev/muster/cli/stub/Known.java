package dev.muster.cli.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.orchestrator.security.identity.Approvers;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.view.ApprovalPreview;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a stub knows, and what it answers of it. Whoever calls holds the lock of its node.
final class Known {
  final Map<String, Deque<ObjectNode>> runs = new LinkedHashMap<>();
  final Map<String, ObjectNode> approvals = new LinkedHashMap<>();
  final Map<String, List<ObjectNode>> workers = new LinkedHashMap<>();
  @Nullable ApprovalPreview preview;
  final Map<String, String> texts = new LinkedHashMap<>();
  final List<ObjectNode> nodes = new ArrayList<>(List.of(Samples.node()));
  ObjectNode models = Json.MAPPER.createObjectNode();
  ObjectNode modelTest = Json.MAPPER.createObjectNode();

  /// With which runs, waves, nodes and approvals were listed.
  final List<String> filters = new ArrayList<>();

  /// Items of lists of runs and approvals.
  int handedOut;

  /// After every decision.
  @Nullable Runnable onDecision;

  Reply get(String[] path, Map<String, String> query) {
    return switch (path[0]) {
      case "runs" -> getRuns(path, query);
      case "nodes" -> {
        filters.add(query.getOrDefault("filter", ""));
        yield Reply.json(200, Reply.items(nodes));
      }
      case "approvals" -> getApprovals(path, query);
      case "models" -> Reply.json(200, models);
      default -> Reply.problem(404, "not-found", "no such resource");
    };
  }

  private Reply getRuns(String[] path, Map<String, String> query) {
    if (path.length == 1) {
      var filter = query.getOrDefault("filter", "");
      filters.add(filter);
      var some = newestFirst().stream().filter(run -> isOf(filter, run)).toList();
      return Reply.json(200, page(some, query));
    }
    var script = runs.get(path[1]);
    if (script == null) {
      return Reply.problem(404, "run-not-found", "there is no run " + path[1]);
    }
    if (path.length == 2) {
      var state = script.getFirst();
      if (script.size() > 1) {
        script.removeFirst();
      }
      return Reply.json(200, state);
    }
    if (path[2].equals("waves")) {
      filters.add(query.getOrDefault("filter", ""));
      return Reply.json(
          200, Json.MAPPER.createObjectNode().set("items", script.getFirst().path("waves")));
    }
    if (path[2].equals("disk")) {
      return Reply.json(200, Json.MAPPER.createObjectNode().put("bytes", 3L << 19));
    }
    var ofRun = workers.getOrDefault(path[1], List.of());
    if (path.length == 3) {
      var filter = query.getOrDefault("filter", "");
      if (!filter.startsWith("parent:")) return Reply.json(200, Reply.items(ofRun));
      var parent = filter.substring("parent:".length());
      var below = ofRun.stream().filter(it -> it.path("parent").asText().equals(parent));
      return Reply.json(200, Reply.items(below.toList()));
    }
    return ofRun.stream()
        .filter(worker -> worker.path("id").asText().equals(path[3]))
        .findFirst()
        .map(worker -> Reply.json(200, worker))
        .orElseGet(() -> Reply.problem(404, "worker-not-found", "there is no worker " + path[3]));
  }

  private List<ObjectNode> newestFirst() {
    var startedAt = Comparator.<ObjectNode, String>comparing(run -> run.path("startedAt").asText());
    return runs.values().stream().map(Deque::getFirst).sorted(startedAt.reversed()).toList();
  }

  private Reply getApprovals(String[] path, Map<String, String> query) {
    if (path.length >= 2) {
      var found = approvals.get(path[1]);
      if (found == null) {
        return Reply.problem(404, "approval-not-found", "there is no approval " + path[1]);
      }
      if (path.length == 3 && path[2].equals("preview")) {
        return preview == null
            ? Reply.problem(404, "no-preview", "nothing was foreseen")
            : Reply.json(200, Json.MAPPER.valueToTree(preview));
      }
      return Reply.json(200, path.length == 2 ? found : policy(found));
    }
    filters.add(query.getOrDefault("filter", ""));
    var state = query.getOrDefault("filter", "").replace("state:", "");
    var every = approvals.values().stream();
    var run = query.getOrDefault("run", "");
    var some =
        every
            .filter(a -> state.isEmpty() || a.path("state").asText().equals(state))
            .filter(a -> !run.equals("outside") || a.path("run").isNull())
            .toList();
    return Reply.json(200, page(some, query));
  }

  /// A page as the contract has it; what it holds counts as handed out.
  private ObjectNode page(List<ObjectNode> all, Map<String, String> query) {
    var from = Integer.parseInt(query.getOrDefault("cursor", "0"));
    var to =
        Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "" + all.size())));
    handedOut += to - from;
    var page = Reply.items(all.subList(from, to));
    return to < all.size() ? page.put("next", "" + to) : page;
  }

  private static boolean isOf(String filter, ObjectNode run) {
    var one = filter.matches("state:[A-Z]+");
    return !one || filter.equals("state:" + run.path("state").asText());
  }

  private static JsonNode policy(JsonNode approval) {
    var policy =
        new KindPolicy(
            2,
            List.of("alice", "role:admin"),
            null,
            KindPolicy.Then.HOLD,
            List.of(),
            KindPolicy.ESCALATE_FOR);
    var kind = approval.path("kind").asText();
    return Json.MAPPER.valueToTree(
        policy.view(kind, Principal.OWNER, false, new Approvers(List.of(), true)));
  }

  Reply post(String[] path, JsonNode body) {
    if (path[0].equals("approvals")) {
      return decide(path, body);
    }
    if (path[0].equals("models")) return Reply.json(200, modelTest);
    if (path.length == 1) {
      var first = runs.values().iterator().next();
      return Reply.json(202, first.getFirst());
    }
    var script = runs.get(path[1]);
    if (path[path.length - 1].equals("answer")) {
      return Reply.json(200, approvals.values().iterator().next());
    }
    return script == null
        ? Reply.problem(404, "run-not-found", "there is no run " + path[1])
        : Reply.json(202, script.getFirst());
  }

  private Reply decide(String[] path, JsonNode body) {
    var approval = approvals.get(path[1]);
    if (approval == null) {
      return Reply.problem(404, "approval-not-found", "there is no approval " + path[1]);
    }
    var digest = body.path("digest").asText("");
    if (!digest.isEmpty() && !digest.equals(approval.path("digest").asText())) {
      return Reply.problem(
          409, "digest-differs", "the operation is another than the one you have seen");
    }
    if (!approval.path("state").asText().equals("PENDING")) {
      var state = approval.path("state").asText();
      return Reply.problem(
          409, "approval-" + state.toLowerCase(java.util.Locale.ROOT), "it is " + state);
    }
    approval.put("state", path[2].equals("approve") ? "APPROVED" : "REJECTED");
    if (onDecision != null) {
      onDecision.run();
    }
    return Reply.json(200, approval);
  }
}

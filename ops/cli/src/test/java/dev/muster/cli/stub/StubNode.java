package dev.muster.cli.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.cli.client.Json;
import dev.muster.orchestrator.security.identity.Approvers;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.view.ApprovalPreview;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Speaks the contract. A run answers with its scripted states one after the other and stays at the
/// last.
public final class StubNode implements AutoCloseable {
  public static final String TOKEN = "stub-token";

  private static final int LOG_CHUNK = 7_000;
  private final HttpServer server;
  private final Map<String, Deque<ObjectNode>> runs = new LinkedHashMap<>();
  private final Map<String, ObjectNode> approvals = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> workers = new LinkedHashMap<>();
  private @Nullable ApprovalPreview preview;
  private final Map<String, String> texts = new LinkedHashMap<>();

  /// `POST /runs` and the like, in order, with their bodies.
  public final List<String> posts = new ArrayList<>();

  public final List<JsonNode> bodies = new ArrayList<>();

  /// With which runs were listed.
  public final List<String> filters = new ArrayList<>();

  /// Runs, in order.
  public final List<String> deleted = new ArrayList<>();

  /// The `Idempotency-Key` of each.
  public final List<String> keys = new ArrayList<>();

  private final List<ObjectNode> nodes = new ArrayList<>(List.of(Samples.node()));
  private ObjectNode models = Json.MAPPER.createObjectNode();
  private ObjectNode modelTest = Json.MAPPER.createObjectNode();
  private int lost;
  private int busy;
  private int behind;

  private @Nullable Runnable onDecision;

  public StubNode() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What the run says, look after look.
  public StubNode run(String id, ObjectNode... states) {
    var script = new ArrayDeque<ObjectNode>();
    for (var state : states) {
      script.add(state.put("id", id));
    }
    synchronized (this) {
      runs.put(id, script);
    }
    return this;
  }

  public synchronized StubNode approval(ObjectNode approval) {
    approvals.put(approval.path("id").asText(), approval);
    return this;
  }

  /// What is foreseen of every operation.
  public synchronized StubNode foreseen(ApprovalPreview seen) {
    preview = seen;
    return this;
  }

  public synchronized StubNode workers(String run, ObjectNode... all) {
    workers.put(run, List.of(all));
    return this;
  }

  /// One more in the listing of nodes.
  public synchronized StubNode node(ObjectNode node) {
    nodes.add(node);
    return this;
  }

  /// What is told of models, and what a test of one comes to.
  public synchronized StubNode models(ObjectNode all, ObjectNode test) {
    models = all;
    modelTest = test;
    return this;
  }

  /// A whole answer for one path, such as a log or a journal.
  public synchronized StubNode text(String path, String text) {
    texts.put(path, text);
    return this;
  }

  /// So many requests are carried out, and then their answers get lost.
  public synchronized StubNode loseAnswers(int count) {
    lost = count;
    return this;
  }

  /// So many requests that change something are refused for the moment.
  public synchronized StubNode busy(int count) {
    busy = count;
    return this;
  }

  /// So many requests that only read are refused until more of the journal has been read.
  public synchronized StubNode behind(int count) {
    behind = count;
    return this;
  }

  /// Called after every decision, so that a run can go on.
  public synchronized StubNode onDecision(Runnable action) {
    this.onDecision = action;
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var reply = reply(exchange);
      if (lose(exchange)) return;
      var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized boolean lose(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("POST") && lost-- > 0;
  }

  private synchronized Reply reply(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.startsWith("/health/")) {
      return new Reply(200, "text/plain", "");
    }
    if (path.endsWith("/log")) {
      return log(exchange, path);
    }
    var given = texts.get(path);
    if (given != null) {
      return new Reply(200, "text/plain", given);
    }
    if (exchange.getRequestMethod().equals("POST")) {
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        return Reply.problem(401, "token-missing", "this call needs the operator's token");
      }
      var body =
          Json.parse(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), path);
      posts.add(path.substring("/api/v1".length()));
      bodies.add(body);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      if (busy-- > 0) {
        return Reply.problem(503, "not-ready", "the shards are on their way");
      }
      return post(path.substring("/api/v1/".length()).split("/"), body);
    }
    if (exchange.getRequestMethod().equals("GET") && behind-- > 0) {
      return Reply.problem(503, "reader-behind", "the reader runs is 13,504 events behind");
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      deleted.add(path.substring("/api/v1/runs/".length()));
      return Reply.json(200, Json.MAPPER.createObjectNode());
    }
    return get(path.substring("/api/v1/".length()).split("/"), Reply.query(exchange));
  }

  /// As the contract has it, though only for logs of one byte a character. What was given for
  /// `PATH?attempt=N` is for that attempt only.
  private Reply log(HttpExchange exchange, String path) {
    var query = Reply.query(exchange);
    var all = texts.getOrDefault(path + "?attempt=" + query.get("attempt"), texts.get(path));
    if (all == null) {
      return Reply.problem(
          404, "no-log", "attempt " + query.get("attempt") + " has printed nothing yet");
    }
    var from = Integer.parseInt(query.getOrDefault("from", "0"));
    var next = Math.min(all.length(), from + LOG_CHUNK);
    var headers = exchange.getResponseHeaders();
    headers.set("Muster-Log-From", "" + from);
    headers.set("Muster-Log-Next", "" + Math.max(from, next));
    headers.set("Muster-Log-Size", "" + all.length());
    return new Reply(200, "text/plain", from < next ? all.substring(from, next) : "");
  }

  private Reply get(String[] path, Map<String, String> query) {
    return switch (path[0]) {
      case "runs" -> getRuns(path, query);
      case "nodes" -> Reply.json(200, Reply.items(nodes));
      case "approvals" -> getApprovals(path, query);
      case "models" -> Reply.json(200, models);
      default -> Reply.problem(404, "not-found", "no such resource");
    };
  }

  private Reply getRuns(String[] path, Map<String, String> query) {
    if (path.length == 1) {
      filters.add(query.getOrDefault("filter", ""));
      return Reply.json(200, Reply.items(newestFirst()));
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
    var state = query.getOrDefault("filter", "").replace("state:", "");
    var every = approvals.values().stream();
    var some =
        every.filter(a -> state.isEmpty() || a.path("state").asText().equals(state)).toList();
    return Reply.json(200, Reply.items(some));
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

  private Reply post(String[] path, JsonNode body) {
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

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.muster.cli.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.cli.client.Json;
import dev.muster.protocol.view.ApprovalPreview;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Speaks the contract. A run answers with its scripted states one after the other and stays at the
/// last.
public final class StubNode implements AutoCloseable {
  public static final String TOKEN = "stub-token";

  private static final int LOG_CHUNK = 7_000;
  private final HttpServer server;
  private final Known known = new Known();

  /// `POST /runs` and the like, in order, with their bodies.
  public final List<String> posts = new ArrayList<>();

  public final List<JsonNode> bodies = new ArrayList<>();

  /// Runs, in order.
  public final List<String> deleted = new ArrayList<>();

  /// The `Idempotency-Key` of each.
  public final List<String> keys = new ArrayList<>();

  private int lost;
  private int busy;
  private int behind;

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
      known.runs.put(id, script);
    }
    return this;
  }

  public synchronized StubNode approval(ObjectNode approval) {
    known.approvals.put(approval.path("id").asText(), approval);
    return this;
  }

  /// What is foreseen of every operation.
  public synchronized StubNode foreseen(ApprovalPreview seen) {
    known.preview = seen;
    return this;
  }

  public synchronized StubNode workers(String run, ObjectNode... all) {
    known.workers.put(run, List.of(all));
    return this;
  }

  /// One more in the listing of nodes.
  public synchronized StubNode node(ObjectNode node) {
    known.nodes.add(node);
    return this;
  }

  /// What is told of models, and what a test of one comes to.
  public synchronized StubNode models(ObjectNode all, ObjectNode test) {
    known.models = all;
    known.modelTest = test;
    return this;
  }

  /// A whole answer for one path, such as a log or a journal.
  public synchronized StubNode text(String path, String text) {
    known.texts.put(path, text);
    return this;
  }

  /// With which filters runs, waves, nodes and approvals were listed, in order.
  public List<String> filters() {
    return known.filters;
  }

  /// So many items of lists of runs and approvals were handed out.
  public synchronized int handedOut() {
    return known.handedOut;
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
    known.onDecision = action;
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
    var given = known.texts.get(path);
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
      return known.post(path.substring("/api/v1/".length()).split("/"), body);
    }
    if (exchange.getRequestMethod().equals("GET") && behind-- > 0) {
      return Reply.problem(503, "reader-behind", "the reader runs is 13,504 events behind");
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      deleted.add(path.substring("/api/v1/runs/".length()));
      return Reply.json(200, Json.MAPPER.createObjectNode());
    }
    return known.get(path.substring("/api/v1/".length()).split("/"), Reply.query(exchange));
  }

  /// As the contract has it, though only for logs of one byte a character. What was given for
  /// `PATH?attempt=N` is for that attempt only.
  private Reply log(HttpExchange exchange, String path) {
    var query = Reply.query(exchange);
    var all =
        known.texts.getOrDefault(path + "?attempt=" + query.get("attempt"), known.texts.get(path));
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

  @Override
  public void close() {
    server.stop(0);
  }
}

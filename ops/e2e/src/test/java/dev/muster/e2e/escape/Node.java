package dev.muster.e2e.escape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.e2e.escape.Wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A lasting node of a camp, seen by its operator and by strangers.
final class Node {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 90;

  private final Camp camp;
  private final Camp.Started process;
  private final int port;
  private final long pid;
  private final String token;
  private final Wire wire;

  private Node(Camp camp, Camp.Started process) throws IOException {
    this.camp = camp;
    this.process = process;
    var file = JSON.readTree(camp.data().resolve("node.json").toFile());
    port = URI.create(file.path("url").asText()).getPort();
    pid = file.path("pid").asLong();
    token = Files.readString(camp.data().resolve("operator.token")).strip();
    wire = new Wire(port);
  }

  static Node up(Camp camp, String... more) throws IOException {
    camp.own();
    var line = Stream.concat(Stream.of("up", "--data", camp.data().toString()), Stream.of(more));
    var process = camp.start(camp.cwd(), line.toArray(String[]::new));
    var file = camp.data().resolve("node.json");
    var there = until(() -> !process.process().isAlive() || ready(file));
    if (!there || !process.process().isAlive()) {
      throw new IOException(
          "the node did not start: "
              + Files.readString(process.out())
              + Files.readString(process.err()));
    }
    var node = new Node(camp, process);
    if (!until(() -> node.wire.ask("GET", "/health/ready", "").status() == 200)) {
      throw new IOException("the node is not ready");
    }
    return node;
  }

  private static boolean ready(Path file) {
    try {
      return Files.exists(file)
          && !JSON.readTree(file.toFile()).path("url").asText().isEmpty()
          && Files.exists(file.resolveSibling("operator.token"));
    } catch (IOException _) {
      return false; // half written
    }
  }

  static boolean until(BooleanSupplier what) {
    for (var i = 0; i < PATIENCE_SECONDS * 10; i++) {
      if (what.getAsBoolean()) return true;
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  Camp camp() {
    return camp;
  }

  int port() {
    return port;
  }

  long pid() {
    return pid;
  }

  Wire wire() {
    return wire;
  }

  String bearer() {
    return "Authorization: Bearer " + token;
  }

  String token() {
    return token;
  }

  /// As the operator.
  Reply get(String path) {
    return wire.ask("GET", "/api/v1" + path, "", bearer());
  }

  Reply post(String path, String body) {
    return wire.ask("POST", "/api/v1" + path, body, bearer());
  }

  static JsonNode json(Reply reply) {
    try {
      return JSON.readTree(dechunked(reply));
    } catch (IOException e) {
      throw new AssertionError("no JSON in " + reply.brief(), e);
    }
  }

  private static String dechunked(Reply reply) {
    if (!reply.has("transfer-encoding: chunked")) return reply.body();
    var from = reply.body().indexOf('{');
    var to = reply.body().lastIndexOf('}');
    return reply.body().substring(from, to + 1).replaceAll("\r\n[0-9a-fA-F]+\r\n", "");
  }

  /// Its listening TCP ports but that of the API.
  Set<Integer> otherPorts() {
    Set<Integer> ports = new TreeSet<>(Ports.of(pid));
    ports.remove(port);
    return ports;
  }

  boolean healthy() {
    return process.process().isAlive() && wire.ask("GET", "/health/ready", "").status() == 200;
  }

  /// Lines of its error log that tell of a parser that ran out of stack or memory.
  List<String> breakdowns() throws IOException {
    var log = camp.data().resolve("logs/errors.log");
    if (!Files.exists(log)) return List.of();
    try (var lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("StackOverflowError") || line.contains("OutOfMemoryError"))
          .toList();
    }
  }

  /// Starts the camp's workforce on it and waits for the first question.
  ///
  /// @return the approval
  JsonNode hold(String approve, String... more) {
    var before = pending();
    var order =
        JSON.createObjectNode()
            .put("folder", camp.workforce().toString())
            .put("target", camp.target().toString())
            .put("results", camp.results().toString())
            .put("approve", approve);
    camp.own();
    var created = post("/runs", order.toString());
    if (created.status() != 202) throw new AssertionError("no run: " + created.brief());
    var run = json(created).path("id").asText(json(created).path("run").asText());
    if (!until(() -> !pendingOf(run).isEmpty() || ended(run))) {
      throw new AssertionError("nobody was asked in " + run + ", before: " + before);
    }
    var ids = pendingOf(run);
    if (ids.isEmpty()) throw new AssertionError("nobody was asked in " + run + ": " + state(run));
    return json(get("/approvals/" + ids.getFirst()));
  }

  private boolean ended(String run) {
    return Set.of("COMPLETED", "FAILED", "CANCELLED", "INCOMPLETE").contains(state(run));
  }

  String state(String run) {
    return json(get("/runs/" + run)).path("state").asText();
  }

  private List<String> pending() {
    return json(get("/approvals?filter=state:PENDING")).path("items").findValuesAsText("id");
  }

  List<String> pendingOf(String run) {
    return json(get("/approvals?run=" + run + "&filter=state:PENDING"))
        .path("items")
        .findValuesAsText("id");
  }

  void down() {
    process.process().destroy();
    camp.await(process);
  }
}

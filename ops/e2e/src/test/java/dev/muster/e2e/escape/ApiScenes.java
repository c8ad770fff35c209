package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import dev.muster.e2e.escape.Wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The doors of the API: who may change and read, on whose behalf a browser speaks, and what ids,
/// bodies and headers may be. One node, on which an operation waits for a decision.
final class ApiScenes implements Group {
  private static final String CHANGE = "Nothing is changed without the operator's token.";
  private static final String READ = "Nothing is read without saying who asks.";
  private static final String BROWSER = "A web page cannot speak for the operator.";
  private static final String IDS = "An id names one thing, or nothing.";

  @Override
  public String name() {
    return "api";
  }

  /// An operation that leaves a mark where it may.
  static Worker gated(int number) {
    return new Worker(
        number,
        1,
        "",
        "out.txt",
        Workforces.block("operation=production_deploy writes=\"rel\"", "echo did >> \"$MUSTER_TARGET/rel/did\"")
            + Workforces.block("touch out.txt"),
        "test -e out.txt");
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.BUBBLEWRAP_ROOT, "api")) {
      Workforces.write(camp.workforce(), gated(1));
      var node = Node.up(camp);
      var approval = node.hold("none");
      var id = approval.path("id").asText();
      var run = approval.path("run").asText();
      changes(stage, node, id, run);
      browsers(stage, node, id, run);
      reading(stage, node, id, run);
      ids(stage, node, id, run);
      new MessageScenes(node).go(stage);
      stage.scene("still-waiting", CHANGE, () -> {
        var state = Node.json(node.get("/approvals/" + id)).path("state").asText();
        return Outcome.heldIf(state.equals("PENDING") && node.healthy(), "the approval is " + state);
      });
      stage.scene("no-breakdown", MessageScenes.PARSERS, () ->
          Outcome.heldIf(node.breakdowns().isEmpty(), node.breakdowns().toString()));
    }
  }

  /// @param statuses of which one must be the answer
  static void expect(Stage stage, String name, String promise, Reply reply, int... statuses) {
    stage.scene(name, promise, () ->
        Outcome.heldIf(reply.any(statuses), "expected one of " + Arrays.toString(statuses) + ", but found " + reply.brief()));
  }

  private static void changes(Stage stage, Node node, String id, String run) {
    var wire = node.wire();
    var path = "/api/v1/approvals/" + id + "/approve";
    var token = node.token();
    record Way(String name, String... headers) {}
    var flipped = (token.charAt(0) == 'a' ? 'b' : 'a') + token.substring(1);
    for (var way : List.of(
        new Way("nobody"),
        new Way("wrong", "Authorization: Bearer 00"),
        new Way("empty", "Authorization: Bearer "),
        new Way("one-less", "Authorization: Bearer " + token.substring(1)),
        new Way("one-more", "Authorization: Bearer " + token + "0"),
        new Way("one-other", "Authorization: Bearer " + flipped),
        new Way("no-scheme", "Authorization: " + token),
        new Way("two", "Authorization: Bearer x", "Authorization: Bearer " + token),
        new Way("cookie", "Cookie: token=" + token + "; session=" + token),
        new Way("other-header", "X-Auth-Token: " + token),
        new Way("forwarded", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-User: admin", "X-Remote-User: admin"),
        new Way("null-byte", "Authorization: Bearer " + token + "\0"),
        new Way("unsigned-token", "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciIsInJvbGVzIjpbImFkbWluIl19."))) {
      expect(stage, "approve-as-" + way.name(), CHANGE, wire.ask("POST", path, "{}", way.headers()), 400, 401, 403);
    }
    expect(stage, "token-in-the-query", CHANGE, wire.ask("POST", path + "?token=" + token + "&access_token=" + token, "{}"), 400, 401, 403);
    for (var method : List.of("PUT", "PATCH", "DELETE", "GET")) {
      expect(stage, "method-" + method, CHANGE, wire.ask(method, path, "{}", "X-HTTP-Method-Override: POST"), 400, 401, 403, 404, 405);
    }
    for (var odd : List.of("/", "//" + path, "/health/../api/v1/approvals/" + id + "/approve", "/health/live/%2e%2e/%2e%2e" + path,
        path.replace("api/v1", "API/V1"), path.replace("approvals", "%61pprovals"), path + "/", path + ";x", path + "%00", "/health/live" + path)) {
      expect(stage, "path-" + odd.replace(id, "ID"), CHANGE, wire.ask("POST", odd, "{}"), 400, 401, 403, 404, 405);
    }
    for (var door : List.of("/runs", "/runs/" + run + "/cancel", "/runs/" + run + "/pause", "/runs/" + run + "/resume", "/runs/" + run + "/retry",
        "/runs/" + run + "/waves/1/launch", "/runs/" + run + "/results", "/approvals", "/approvals/" + id + "/reject", "/approvals/" + id + "/consume",
        "/nodes/x/drain", "/nodes/x/uncordon")) {
      expect(stage, "stranger" + door.replace(run, "RUN").replace(id, "ID"), CHANGE, wire.ask("POST", "/api/v1" + door, "{}"), 401, 403);
    }
  }

  private static void browsers(Stage stage, Node node, String id, String run) {
    var wire = node.wire();
    var port = node.port();
    var path = "/api/v1/approvals/" + id + "/approve";
    for (var host : List.of("evil.example", "evil.example:" + port, "localhost.evil.example", "127.0.0.1.nip.io", "127.0.0.1@evil", "0.0.0.0", "[::]",
        "127.1", "2130706433", "localhost.", "", "127.0.0.1:" + port + ", evil")) {
      expect(stage, "host-" + host.replace("" + port, "PORT"), BROWSER, wire.ask("GET", "/api/v1/runs", "", node.bearer(), "Host: " + host), 400, 401, 403, 421);
    }
    for (var origin : List.of("http://evil.example", "null", "http://localhost:1", "https://127.0.0.1:" + port, "http://127.0.0.1:" + port + ".evil.example",
        "http://127.0.0.1", "file://", "http://127.0.0.1:" + port + "/")) {
      expect(stage, "origin-" + origin.replace("" + port, "PORT"), BROWSER, wire.ask("POST", path, "{}", node.bearer(), "Origin: " + origin), 400, 403);
    }
    for (var site : List.of("cross-site", "same-site")) {
      expect(stage, "fetch-" + site, BROWSER, wire.ask("POST", path, "{}", node.bearer(), "Sec-Fetch-Site: " + site), 400, 403);
    }
    for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
      expect(stage, "type-" + type, BROWSER, wire.ask("POST", "/api/v1/runs/" + run + "/cancel", "{}", node.bearer(), "Content-Type: " + type), 400, 403, 415);
    }
    stage.scene("no-cors", BROWSER, () -> {
      var reply = wire.ask("OPTIONS", path, "", "Origin: http://evil.example", "Access-Control-Request-Method: POST");
      return Outcome.heldIf(!reply.has("access-control-allow"), reply.head());
    });
    for (var two : List.of("GET /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n", "GET http://evil.example/api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n",
        "GET /api/v1/runs HTTP/1.0\r\n")) {
      var request = two.replace("PORT", "" + port) + node.bearer() + "\r\nConnection: close\r\n\r\n";
      expect(stage, "line-" + two.lines().findFirst().orElse("") + (two.contains("\r\nHost: evil") ? " twice" : ""), BROWSER,
          wire.raw(request.getBytes(StandardCharsets.UTF_8)), 0, 400, 401, 403, 421, 505);
    }
  }

  private static void reading(Stage stage, Node node, String id, String run) {
    var worker = "/runs/" + run + "/workers/WORKER_001";
    for (var path : List.of("/runs", "/runs/" + run, "/runs/" + run + "/plan", "/runs/" + run + "/events", "/runs/" + run + "/results", "/runs/" + run + "/workers",
        worker, worker + "/log", worker + "/events", worker + "/instruction", "/approvals", "/approvals/" + id, "/nodes", "/events", "/runs/" + run + "/changes")) {
      var reply = node.wire().ask("GET", "/api/v1" + path, "", "Accept: */*");
      expect(stage, "read" + path.replace(run, "RUN").replace(id, "ID"), READ, reply, 401, 403);
    }
    stage.scene("stranger-learns-nothing", READ, () -> {
      List<String> told = new ArrayList<>();
      for (var path : List.of("/nope", "/api/v1/runs/x", "/%zz", "/api/v1/runs?limit=x", "/api/docs/..%2f..%2fetc%2fpasswd", "/api/v1/events?topics=x", "/api/v1/" + "x".repeat(3000))) {
        var reply = node.wire().ask("GET", path, "");
        var all = reply.head() + reply.body();
        if (all.matches("(?s).*(\\.java:|Exception|\\bat dev\\.|" + node.camp().root() + "|root:x:0).*")) told.add(reply.brief());
        if (reply.has("\nserver:")) told.add("a Server header");
      }
      return Outcome.heldIf(told.isEmpty(), told.toString());
    });
    stage.scene("browsers-guess-no-type", BROWSER, () -> {
      List<String> wrong = new ArrayList<>();
      for (var path : List.of("/api/v1/runs", "/api/v1" + worker + "/log", "/api/v1" + worker + "/instruction", "/api/v1/runs/%3Cscript%3E", "/nope")) {
        var reply = node.wire().ask("GET", path, "", node.bearer(), "Accept: text/html,*/*");
        if (!reply.has("x-content-type-options: nosniff")) wrong.add(path + " without nosniff");
        if (reply.has("content-type: text/html")) wrong.add(path + " is HTML");
        if (reply.body().contains("<script>")) wrong.add(path + " reflects");
      }
      return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
    });
  }

  private static void ids(Stage stage, Node node, String id, String run) {
    var some = run.substring(0, run.length() - 1);
    for (var odd : List.of("%25", "_", "run_%25", "run__", "%25%25", "run_'%20OR%20'1'='1", "..", "%2e%2e", "run_%2500", "%5c", "RUN_", some + "_", some + "%25", run + ";", "%F0%9F%92%A9")) {
      stage.scene("run-" + odd.replace(run, "RUN").replace(some, "RU"), IDS, () -> {
        List<String> wrong = new ArrayList<>();
        for (var rest : List.of("", "/workers", "/plan", "/workers/WORKER_001/log")) {
          var reply = node.get("/runs/" + odd + rest);
          if (!reply.any(400, 404)) wrong.add(rest + ": " + reply.brief());
        }
        return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
      });
    }
    var most = id.substring(0, id.length() - 1);
    for (var odd : List.of("apr_%25_%25", "apr___", "apr_outside_%25", most + "_", most + "%25")) {
      expect(stage, "approval-" + odd.replace(most, "AP"), IDS, node.get("/approvals/" + odd), 400, 404);
    }
    for (var odd : List.of("WORKER_%25", "WORKER_00_", "..%2f..%2fx", "WORKER_001%00", "worker_001", "%2e%2e%2fWORKER_001")) {
      expect(stage, "worker-" + odd, IDS, node.get("/runs/" + run + "/workers/" + odd + "/log"), 400, 404);
    }
    for (var query : List.of("filter=state:%25", "sort=id;drop", "cursor=%25", "limit=-1", "limit=9999999999", "filter=" + "a".repeat(3000), "sort=%00", "filter=%5B%5B%5B", "cursor=" + "A".repeat(5000))) {
      expect(stage, "query-" + query.substring(0, Math.min(30, query.length())), IDS, node.get("/runs?" + query), 200, 400, 414);
    }
  }
}

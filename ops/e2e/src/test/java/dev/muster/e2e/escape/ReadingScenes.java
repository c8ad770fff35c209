package dev.muster.e2e.escape;

import dev.muster.e2e.escape.SceneRun.Stage;
import java.util.ArrayList;
import java.util.List;

/// What is told, to whom, and under which ids.
final class ReadingScenes {
  private static final String READ = "Nothing is read without saying who asks.";
  private static final String IDS = "An id names one thing, or nothing.";

  private ReadingScenes() {}

  static void reading(Stage stage, Node node, String id, String run) {
    var worker = "/runs/" + run + "/workers/WORKER_001";
    for (var path :
        List.of(
            "/runs",
            "/runs/" + run,
            "/runs/" + run + "/plan",
            "/runs/" + run + "/events",
            "/runs/" + run + "/workers",
            worker,
            worker + "/log",
            worker + "/events",
            worker + "/instruction",
            "/approvals",
            "/approvals/" + id,
            "/nodes",
            "/events",
            "/ws",
            "/settings",
            "/secrets",
            "/audit",
            "/policies",
            "/webhooks",
            "/models",
            "/approvals/" + id + "/preview",
            "/runs/" + run + "/archive",
            "/runs/" + run + "/cassette",
            "/runs/" + run + "/state",
            "/runs/" + run + "/room",
            worker + "/conversation",
            worker + "/diff",
            "/runs/" + run + "/changes")) {
      var reply = node.wire().ask("GET", "/api/v1" + path, "", "Accept: */*");
      ApiScenes.expect(
          stage, "read" + path.replace(run, "RUN").replace(id, "ID"), READ, reply, 401, 403);
    }
    ApiScenes.expect(
        stage, "metrics", READ, node.wire().ask("GET", "/metrics", "", "Accept: */*"), 401, 403);
    stage.scene(
        "stranger-learns-nothing",
        READ,
        () -> {
          List<String> told = new ArrayList<>();
          for (var path :
              List.of(
                  "/nope",
                  "/api/v1/runs/x",
                  "/%zz",
                  "/api/v1/runs?limit=x",
                  "/api/docs/..%2f..%2fetc%2fpasswd",
                  "/api/v1/events?topics=x",
                  "/api/v1/" + "x".repeat(3000))) {
            var reply = node.wire().ask("GET", path, "");
            var all = reply.head() + reply.body();
            if (all.matches(
                "(?s).*(\\.java:|Exception|\\bat dev\\.|" + node.camp().root() + "|root:x:0).*"))
              told.add(reply.brief());
            if (reply.has("\nserver:")) told.add("a Server header");
          }
          return Outcome.heldIf(told.isEmpty(), told.toString());
        });
    stage.scene(
        "browsers-guess-no-type",
        BrowserScenes.BROWSER,
        () -> {
          List<String> wrong = new ArrayList<>();
          for (var path :
              List.of(
                  "/api/v1/runs",
                  "/api/v1" + worker + "/log",
                  "/api/v1" + worker + "/instruction",
                  "/api/v1/runs/%3Cscript%3E",
                  "/nope")) {
            var reply = node.wire().ask("GET", path, "", node.bearer(), "Accept: text/html,*/*");
            if (!reply.has("x-content-type-options: nosniff")) wrong.add(path + " without nosniff");
            if (reply.has("content-type: text/html")) wrong.add(path + " is HTML");
            if (reply.body().contains("<script>")) wrong.add(path + " reflects");
          }
          return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
        });
  }

  static void ids(Stage stage, Node node, String id, String run) {
    var some = run.substring(0, run.length() - 1);
    for (var odd :
        List.of(
            "%25",
            "_",
            "run_%25",
            "run__",
            "%25%25",
            "run_'%20OR%20'1'='1",
            "..",
            "%2e%2e",
            "run_%2500",
            "%5c",
            "RUN_",
            some + "_",
            some + "%25",
            run + ";",
            "%F0%9F%92%A9")) {
      stage.scene(
          "run-" + odd.replace(run, "RUN").replace(some, "RU"),
          IDS,
          () -> {
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
      ApiScenes.expect(
          stage,
          "approval-" + odd.replace(most, "AP"),
          IDS,
          node.get("/approvals/" + odd),
          400,
          404);
    }
    for (var odd :
        List.of(
            "WORKER_%25",
            "WORKER_00_", "..%2f..%2fx", "WORKER_001%00", "worker_001", "%2e%2e%2fWORKER_001")) {
      ApiScenes.expect(
          stage,
          "worker-" + odd,
          IDS,
          node.get("/runs/" + run + "/workers/" + odd + "/log"),
          400,
          404);
    }
    for (var query :
        List.of(
            "filter=state:%25",
            "sort=id;drop",
            "cursor=%25",
            "limit=-1",
            "limit=9999999999",
            "filter=" + "a".repeat(3000),
            "sort=%00",
            "filter=%5B%5B%5B",
            "cursor=" + "A".repeat(5000))) {
      ApiScenes.expect(
          stage,
          "query-" + query.substring(0, Math.min(30, query.length())),
          IDS,
          node.get("/runs?" + query),
          200,
          400,
          414);
    }
  }
}

package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import dev.muster.e2e.escape.Wire.Reply;
import java.util.Arrays;
import java.util.List;

/// The doors of the API: who may change and read, on whose behalf a browser speaks, and what ids,
/// bodies and headers may be. One node, on which an operation waits for a decision.
final class ApiScenes implements Group {
  private static final String CHANGE = "Nothing is changed without the operator's token.";

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
        Workforces.block(
                "operation=production_deploy writes=\"rel\"",
                "echo did >> \"$MUSTER_TARGET/rel/did\"")
            + Workforces.block("touch out.txt"),
        "test -e out.txt");
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "api")) {
      Workforces.write(camp.workforce(), gated(1));
      var node = Node.up(camp);
      var approval = node.hold("none");
      var id = approval.path("id").asText();
      var run = approval.path("run").asText();
      changes(stage, node, id, run);
      BrowserScenes.go(stage, node, id, run);
      ReadingScenes.reading(stage, node, id, run);
      ReadingScenes.ids(stage, node, id, run);
      new MessageScenes(node).go(stage);
      stage.scene(
          "still-waiting",
          CHANGE,
          () -> {
            var state = Node.json(node.get("/approvals/" + id)).path("state").asText();
            return Outcome.heldIf(
                state.equals("PENDING") && node.healthy(), "the approval is " + state);
          });
      stage.scene(
          "no-breakdown",
          MessageScenes.PARSERS,
          () -> Outcome.heldIf(node.breakdowns().isEmpty(), node.breakdowns().toString()));
    }
  }

  /// @param statuses of which one must be the answer
  static void expect(Stage stage, String name, String promise, Reply reply, int... statuses) {
    stage.scene(
        name,
        promise,
        () ->
            Outcome.heldIf(
                reply.any(statuses),
                "expected one of " + Arrays.toString(statuses) + ", but found " + reply.brief()));
  }

  /// A name, and the headers by which somebody tries.
  private static List<String> way(String... nameAndHeaders) {
    return List.of(nameAndHeaders);
  }

  private static void changes(Stage stage, Node node, String id, String run) {
    var wire = node.wire();
    var path = "/api/v1/approvals/" + id + "/approve";
    var token = node.token();
    var flipped = (token.charAt(0) == 'a' ? 'b' : 'a') + token.substring(1);
    for (var way :
        List.of(
            way("nobody"),
            way("wrong", "Authorization: Bearer 00"),
            way("empty", "Authorization: Bearer "),
            way("one-less", "Authorization: Bearer " + token.substring(1)),
            way("one-more", "Authorization: Bearer " + token + "0"),
            way("one-other", "Authorization: Bearer " + flipped),
            way("no-scheme", "Authorization: " + token),
            way("two", "Authorization: Bearer x", "Authorization: Bearer " + token),
            way("cookie", "Cookie: token=" + token + "; session=" + token),
            way("other-header", "X-Auth-Token: " + token),
            way(
                "forwarded",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-User: admin",
                "X-Remote-User: admin"),
            way("null-byte", "Authorization: Bearer " + token + "\0"),
            way(
                "unsigned-token",
                "Authorization: Bearer"
                    + " eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciIsInJvbGVzIjpbImFkbWluIl19."))) {
      expect(
          stage,
          "approve-as-" + way.getFirst(),
          CHANGE,
          wire.ask("POST", path, "{}", way.subList(1, way.size()).toArray(String[]::new)),
          400,
          401,
          403);
    }
    expect(
        stage,
        "token-in-the-query",
        CHANGE,
        wire.ask("POST", path + "?token=" + token + "&access_token=" + token, "{}"),
        400,
        401,
        403);
    for (var method : List.of("PUT", "PATCH", "DELETE", "GET")) {
      expect(
          stage,
          "method-" + method,
          CHANGE,
          wire.ask(method, path, "{}", "X-HTTP-Method-Override: POST"),
          400,
          401,
          403,
          404,
          405);
    }
    for (var odd :
        List.of(
            "/",
            "//" + path,
            "/health/../api/v1/approvals/" + id + "/approve",
            "/health/live/%2e%2e/%2e%2e" + path,
            path.replace("api/v1", "API/V1"),
            path.replace("approvals", "%61pprovals"),
            path + "/",
            path + ";x",
            path + "%00",
            "/health/live" + path)) {
      expect(
          stage,
          "path-" + odd.replace(id, "ID"),
          CHANGE,
          wire.ask("POST", odd, "{}"),
          400,
          401,
          403,
          404,
          405);
    }
    for (var door :
        List.of(
            "/runs",
            "/runs/" + run + "/cancel",
            "/runs/" + run + "/pause",
            "/runs/" + run + "/resume",
            "/runs/" + run + "/retry",
            "/runs/" + run + "/waves/1/launch",
            "/runs/" + run + "/results",
            "/approvals",
            "/approvals/" + id + "/reject",
            "/approvals/" + id + "/consume",
            "/nodes/x/drain",
            "/nodes/x/uncordon")) {
      expect(
          stage,
          "stranger" + door.replace(run, "RUN").replace(id, "ID"),
          CHANGE,
          wire.ask("POST", "/api/v1" + door, "{}"),
          401,
          403);
    }
  }
}

package dev.muster.e2e.escape;

import dev.muster.e2e.escape.SceneRun.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a page in the operator's browser may send, and what a browser must not make of the answer.
final class BrowserScenes {
  static final String BROWSER = "A web page cannot speak for the operator.";

  private BrowserScenes() {}

  static void go(Stage stage, Node node, String id, String run) {
    var wire = node.wire();
    var port = node.port();
    var path = "/api/v1/approvals/" + id + "/approve";
    for (var host :
        List.of(
            "evil.example",
            "evil.example:" + port,
            "localhost.evil.example",
            "127.0.0.1.nip.io",
            "127.0.0.1@evil",
            "0.0.0.0",
            "[::]",
            "127.1",
            "2130706433",
            "localhost.",
            "",
            "127.0.0.1:" + port + ", evil")) {
      ApiScenes.expect(
          stage,
          "host-" + host.replace("" + port, "PORT"),
          BROWSER,
          wire.ask("GET", "/api/v1/runs", "", node.bearer(), "Host: " + host),
          400,
          401,
          403,
          421);
    }
    for (var origin :
        List.of(
            "http://evil.example",
            "null",
            "http://localhost:1",
            "https://127.0.0.1:" + port,
            "http://127.0.0.1:" + port + ".evil.example",
            "http://127.0.0.1",
            "file://",
            "http://127.0.0.1:" + port + "/")) {
      ApiScenes.expect(
          stage,
          "origin-" + origin.replace("" + port, "PORT"),
          BROWSER,
          wire.ask("POST", path, "{}", node.bearer(), "Origin: " + origin),
          400,
          403);
    }
    for (var site : List.of("cross-site", "same-site")) {
      ApiScenes.expect(
          stage,
          "fetch-" + site,
          BROWSER,
          wire.ask("POST", path, "{}", node.bearer(), "Sec-Fetch-Site: " + site),
          400,
          403);
    }
    for (var type :
        List.of(
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
      ApiScenes.expect(
          stage,
          "type-" + type,
          BROWSER,
          wire.ask(
              "POST",
              "/api/v1/runs/" + run + "/cancel",
              "{}",
              node.bearer(),
              "Content-Type: " + type),
          400,
          403,
          415);
    }
    stage.scene(
        "no-cors",
        BROWSER,
        () -> {
          var reply =
              wire.ask(
                  "OPTIONS",
                  path,
                  "",
                  "Origin: http://evil.example",
                  "Access-Control-Request-Method: POST");
          return Outcome.heldIf(!reply.has("access-control-allow"), reply.head());
        });
    for (var two :
        List.of(
            "GET /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n",
            "GET http://evil.example/api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n",
            "GET /api/v1/runs HTTP/1.0\r\n")) {
      var request =
          two.replace("PORT", "" + port) + node.bearer() + "\r\nConnection: close\r\n\r\n";
      ApiScenes.expect(
          stage,
          "line-"
              + two.lines().findFirst().orElse("")
              + (two.contains("\r\nHost: evil") ? " twice" : ""),
          BROWSER,
          wire.raw(request.getBytes(StandardCharsets.UTF_8)),
          0,
          400,
          401,
          403,
          421,
          505);
    }
  }
}

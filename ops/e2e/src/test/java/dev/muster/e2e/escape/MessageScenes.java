package dev.muster.e2e.escape;

import dev.muster.e2e.escape.SceneRun.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What strangers and others may send: too deep, too large, too long, ambiguous, and drawn by lot.
final class MessageScenes {
  static final String PARSERS = "Whatever is sent, no parser breaks.";
  private static final int DEEP = 100_000;
  private static final int SLOW_MILLIS = 10_000;
  private static final int LOTS = Integer.getInteger("escape.lots", 150);

  private final Node node;

  MessageScenes(Node node) {
    this.node = node;
  }

  void go(Stage stage) {
    bodies(stage);
    heads(stage);
    texts(stage);
    lots(stage);
  }

  private void bodies(Stage stage) {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("deep", "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}");
    bodies.put("deep-objects", "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
    bodies.put("big", "{\"text\":\"" + "x".repeat(3_000_000) + "\"}");
    bodies.put("number", "{\"ttlSeconds\":1" + "0".repeat(500_000) + "}");
    bodies.put("name", "{\"" + "k".repeat(500_000) + "\":1}");
    bodies.put("unclosed", "{\"text\":\"");
    bodies.put("two-of-one", "{\"folder\":\"/a\",\"folder\":\"/b\"}");
    bodies.put("nothing", "");
    for (var path : List.of("/instructions/check", "/approvals", "/runs")) {
      bodies.forEach((name, body) -> {
        ApiScenes.expect(
            stage, "body-" + name + path, PARSERS, node.post(path, body), 400, 413, 415, 422);
        ApiScenes.expect(
            stage,
            "stranger-body-" + name + path,
            PARSERS,
            node.wire().ask("POST", "/api/v1" + path, body),
            400,
            401,
            403,
            413,
            415,
            422);
      });
    }
  }

  private void heads(Stage stage) {
    Map<String, String> heads = new LinkedHashMap<>();
    heads.put("long", "X: " + "a".repeat(100_000) + "\r\n");
    heads.put("many", "X: y\r\n".repeat(5_000));
    heads.put("smuggle", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n");
    heads.put("two-lengths", "Content-Length: 3\r\nContent-Length: 9\r\n");
    heads.put("odd-coding", "Transfer-Encoding: xchunked\r\n");
    heads.put("negative-length", "Content-Length: -1\r\n");
    heads.put("huge-length", "Content-Length: 99999999999999999999\r\n");
    heads.put("nul", "X: a\0b\r\n");
    heads.put("blank-before-colon", "Content-Length : 3\r\n");
    heads.forEach((name, head) ->
        ApiScenes.expect(
            stage,
            "head-" + name,
            PARSERS,
            raw("GET /api/v1/runs HTTP/1.1\r\n", head),
            0,
            400,
            401,
            403,
            411,
            413,
            414,
            431,
            501));
    for (var line :
        List.of(
            "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n",
            "GET /\0 HTTP/1.1\r\n",
            "G\0T / HTTP/1.1\r\n",
            "\r\n\r\n",
            "GET / HTTP/9.9\r\n",
            "PRI * HTTP/2.0\r\n")) {
      ApiScenes.expect(
          stage,
          "line-" + line.strip().substring(0, Math.min(12, line.strip().length())),
          PARSERS,
          raw(line, ""),
          0,
          400,
          401,
          403,
          404,
          405,
          414,
          501,
          505);
    }
  }

  private Wire.Reply raw(String line, String head) {
    var text =
        line + "Host: 127.0.0.1:" + node.port() + "\r\nConnection: close\r\n" + head + "\r\n";
    return node.wire().raw(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String instruction(String test, String more) {
    return "# Worker 001: X\n\n## 1. DELIVERABLES\n\n- [ ] `out.txt`: f\n"
        + more
        + "\n## 6. TEST_PROCESS\n\n```bash\n"
        + test
        + "\n```\n\n## EXECUTION\n\n```bash\ntouch out.txt\n```\n";
  }

  private void texts(Stage stage) {
    var n = DEEP;
    Map<String, String> scripts = new LinkedHashMap<>();
    scripts.put("substitutions", "$(".repeat(n) + ")".repeat(n));
    scripts.put("groups", "{ ".repeat(n) + "x" + "; }".repeat(n));
    scripts.put("subshells", "(".repeat(n) + "x" + ")".repeat(n));
    scripts.put("ifs", "if ".repeat(n));
    scripts.put("cases", "case x in ".repeat(n));
    scripts.put("quotes", "\"$(".repeat(n));
    scripts.put("sums", "$((".repeat(n));
    scripts.put("parameters", "${a:-".repeat(n));
    scripts.put("here-documents", "cat <<A\n".repeat(n));
    scripts.put("conditions", "a && ".repeat(n) + "b");
    scripts.put("pipes", "a | ".repeat(n) + "b");
    scripts.put("backticks", "`\\`".repeat(n));
    scripts.put("negations", "! ".repeat(n));
    scripts.put("loops", "while x; do ".repeat(n));
    scripts.put("backslashes", "\\".repeat(n));
    var calls = new StringBuilder();
    for (var i = 0; i < 3_000; i++)
      calls.append("f%d() { f%d; f%d; }\n".formatted(i, i + 1, i + 1));
    scripts.put("calls-that-double", calls + "f0");
    scripts.forEach((name, script) -> text(stage, name, instruction(script, "")));
    text(stage, "quotations", ">".repeat(n) + instruction("x", ""));
    text(stage, "lists", "- ".repeat(n) + "\n" + instruction("x", ""));
    text(stage, "emphasis", "*a_".repeat(n) + instruction("x", ""));
    text(stage, "brackets", "[".repeat(n) + instruction("x", ""));
    text(
        stage,
        "ranges",
        instruction("x", "")
            .replace(
                "## 6.",
                "## 4. DEPENDENCIES\n\n- WORKER_000000001-999999999, Phase 0-999999999\n\n## 6."));
    text(
        stage,
        "patterns",
        instruction(
            "x",
            "- [ ] "
                + "`a".repeat(4_000)
                + "\n- **Type:** "
                + "A ".repeat(4_000)
                + "\n**Estimated Time:** "
                + "1 ".repeat(4_500)));
  }

  private void text(Stage stage, String name, String text) {
    stage.scene(
        "text-" + name,
        PARSERS,
        () -> {
          var cut = text.substring(0, Math.min(text.length(), 900_000));
          var started = System.nanoTime();
          var reply =
              node.post(
                  "/instructions/check", Node.JSON.createObjectNode().put("text", cut).toString());
          var millis = (System.nanoTime() - started) / 1_000_000;
          return Outcome.heldIf(
              reply.any(200, 400, 413) && millis < SLOW_MILLIS,
              reply.brief() + " after " + millis + " ms");
        });
  }

  private void lots(Stage stage) {
    lot(
        stage,
        "paths",
        (random, text) -> node.wire().ask("GET", "/api/v1/" + clean(text), "", node.bearer()));
    lot(
        stage,
        "ids",
        (random, text) ->
            node.get(
                "/runs/"
                    + clean(text).replace("/", "")
                    + "/workers/"
                    + clean(text).replace("/", "")));
    lot(stage, "cursors", (random, text) -> node.get("/runs?cursor=" + clean(text)));
    lot(stage, "filters", (random, text) -> node.get("/approvals?filter=" + clean(text)));
    lot(
        stage,
        "headers",
        (random, text) ->
            node.wire()
                .ask(
                    "GET",
                    "/api/v1/runs",
                    "",
                    "Authorization: " + line(text),
                    "Accept: " + line(text),
                    "If-Match: " + line(text),
                    "Last-Event-ID: " + line(text),
                    "Cookie: " + line(text)));
    lot(
        stage,
        "keys",
        (random, text) ->
            node.wire()
                .ask(
                    "POST",
                    "/api/v1/instructions/check",
                    "{\"text\":\"x\"}",
                    node.bearer(),
                    "Idempotency-Key: " + line(text)));
    lot(
        stage,
        "bodies",
        (random, text) -> node.post(random.nextBoolean() ? "/runs" : "/approvals", "{" + text));
    lot(
        stage,
        "texts",
        (random, text) ->
            node.post(
                "/instructions/check",
                Node.JSON.createObjectNode().put("text", instruction(text, text)).toString()));
    lot(
        stage,
        "credentials",
        (random, text) ->
            node.wire()
                .ask(
                    "GET",
                    "/api/v1/runs",
                    "",
                    "Authorization: "
                        + (random.nextBoolean() ? "Bearer eyJ" : "Basic ")
                        + line(text)));
    lot(
        stage,
        "wave-plans",
        (random, text) ->
            node.post(
                "/runs",
                Node.JSON
                    .createObjectNode()
                    .put("folder", "/nonexistent")
                    .put("waves", text)
                    .toString()));
  }

  private interface Shot {
    Wire.Reply go(SplittableRandom random, String text);
  }

  private void lot(Stage stage, String name, Shot shot) {
    stage.scene(
        "lots-" + name,
        PARSERS,
        () -> {
          List<String> broken = new ArrayList<>();
          for (var seed = 0; seed < LOTS && broken.size() < 3; seed++) {
            var random = new SplittableRandom(seed * 31L + name.hashCode());
            var reply = shot.go(random, Lots.text(random));
            if (reply.status() >= 500 && reply.status() != 503)
              broken.add("seed " + seed + ": " + reply.brief());
          }
          if (!node.healthy()) broken.add("the node is not healthy");
          return Outcome.heldIf(broken.isEmpty(), broken.toString());
        });
  }

  /// What may stand in a request line; the rest as its numbers.
  private static String clean(String text) {
    var path = new StringBuilder();
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      path.append(b > ' ' && b < 127 ? String.valueOf((char) b) : "%%%02x".formatted(b & 0xff));
    }
    return path.toString();
  }

  private static String line(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}

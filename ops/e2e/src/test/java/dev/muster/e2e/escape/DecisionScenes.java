package dev.muster.e2e.escape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// What was approved is what happens, once, and only after a decision.
final class DecisionScenes implements Group {
  private static final String BINDS = "An approval binds what will happen.";
  private static final String ONCE = "Nothing runs without a decision, and once for each.";
  private static final String NAMES = "Who decides is who the credentials say.";

  @Override
  public String name() {
    return "decisions";
  }

  private static Worker worker(String attributes, String script) {
    return new Worker(
        1,
        1,
        "",
        "out.txt",
        Workforces.block("operation=production_deploy writes=\"rel\"" + attributes, script)
            + Workforces.block("touch out.txt"),
        "test -e out.txt");
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "decisions")) {
      Files.createDirectories(camp.target().resolve("rel"));
      camp.own();
      var node = Node.up(camp);
      bindings(stage, node);
      orders(stage, node);
      stage.scene(
          "by-in-the-body",
          NAMES,
          () -> {
            var approval = ask(node, worker("", "echo did >> \"$MUSTER_TARGET/rel/did\""));
            node.post(
                "/approvals/" + approval.path("id").asText() + "/reject",
                "{\"by\":\"the-boss\",\"reason\":\"x\"}");
            var by =
                Node.json(node.get("/approvals/" + approval.path("id").asText()))
                    .path("decidedBy")
                    .asText();
            return Outcome.heldIf(!by.contains("the-boss"), "decided by " + by);
          });
      stage.scene("callers-digest", BINDS, () -> TakeUpScenes.callersDigest(node));
      stage.scene(
          "all-of-the-script",
          BINDS,
          () -> {
            var approval = ask(node, worker("", "echo line\n".repeat(600) + "echo LAST-LINE"));
            var shown =
                camp.muster(
                    "approvals",
                    "show",
                    approval.path("id").asText(),
                    "--data",
                    camp.data().toString());
            var full =
                camp.muster(
                    "approvals",
                    "show",
                    approval.path("id").asText(),
                    "-o",
                    "json",
                    "--data",
                    camp.data().toString());
            end(node, approval);
            return Outcome.heldIf(
                full.out().contains("LAST-LINE")
                    && (shown.out().contains("LAST-LINE")
                        || shown.out().matches("(?s).*(more lines|--full|not shown|lines).*")),
                "the end of the script is nowhere to be seen");
          });
      stage.scene(
          "signs-nobody-sees",
          BINDS,
          () -> {
            var approval =
                ask(
                    node,
                    worker(
                        "",
                        "echo a # \u202egpj.\u202c \u200b\u2066x\u2069 \u009b31m \udb40\udc41"
                            + " \u3164"));
            var shown =
                camp.muster(
                            "approvals",
                            "show",
                            approval.path("id").asText(),
                            "--data",
                            camp.data().toString())
                        .out()
                    + camp.muster(
                            "approvals", "list", "-o", "wide", "--data", camp.data().toString())
                        .out();
            end(node, approval);
            List<String> raw = new ArrayList<>();
            for (var sign :
                List.of(
                    "\u202e", "\u200b", "\u2066", "\u009b", "\udb40\udc41", "\u3164", "\u001b[")) {
              if (shown.contains(sign)) raw.add("U+%04X".formatted(sign.codePointAt(0)));
            }
            return Outcome.heldIf(raw.isEmpty(), "shown raw: " + raw);
          });
    }
    stage.scene("next-attempts-other-script", BINDS, () -> TakeUpScenes.nextAttempt(stage));
    stage.scene("instruction-replaced", BINDS, () -> TakeUpScenes.instructionReplaced(stage));
    stage.scene("race-for-the-folder", BINDS, () -> TakeUpScenes.race(stage));
  }

  private static JsonNode ask(Node node, Worker worker) throws IOException {
    var camp = node.camp();
    Files.deleteIfExists(camp.target().resolve("rel/did"));
    Workforces.write(camp.workforce(), worker);
    return node.hold("none");
  }

  private static void end(Node node, JsonNode approval) {
    node.post("/runs/" + approval.path("run").asText() + "/cancel", "{}");
  }

  private static String after(Node node, JsonNode approval) throws IOException {
    node.post("/approvals/" + approval.path("id").asText() + "/approve", "{}");
    var run = approval.path("run").asText();
    var did = node.camp().target().resolve("rel/did");
    Node.until(() ->
        Files.exists(did)
            || !node.pendingOf(run).isEmpty()
            || List.of("COMPLETED", "FAILED").contains(node.state(run)));
    var text = Files.exists(did) ? Files.readString(did) : "";
    end(node, approval);
    return text;
  }

  private void bindings(Stage stage, Node node) {
    var target = node.camp().target();
    changed(stage, node, "script-of-the-target", "deploy.sh", "bash \"$MUSTER_TARGET/deploy.sh\"");
    changed(
        stage,
        node,
        "script-behind-a-variable",
        "deploy.sh",
        "x=dep; bash \"$MUSTER_TARGET/${x}loy.sh\"");
    changed(
        stage,
        node,
        "script-by-a-pattern",
        "deploy.sh",
        "cd \"$MUSTER_TARGET\"; for f in *.sh; do bash \"$f\"; done");
    changed(stage, node, "file-in-a-folder", "conf/part.sh", ". \"$MUSTER_TARGET/conf/part.sh\"");
    changed(stage, node, "file-where-it-writes", "rel/part.sh", ". \"$MUSTER_TARGET/rel/part.sh\"");
    stage.scene(
        "target-became-a-link",
        BINDS,
        () -> {
          var approval = ask(node, worker("", "echo did > \"$MUSTER_TARGET/rel/by-link\""));
          var rel = target.resolve("rel");
          Files.move(rel, target.resolve("rel-kept"));
          Files.createSymbolicLink(rel, node.camp().outside());
          node.post("/approvals/" + approval.path("id").asText() + "/approve", "{}");
          var run = approval.path("run").asText();
          Node.until(() ->
              Files.exists(node.camp().outside().resolve("by-link"))
                  || !node.pendingOf(run).isEmpty()
                  || List.of("COMPLETED", "FAILED").contains(node.state(run)));
          end(node, approval);
          Files.delete(rel);
          Files.move(target.resolve("rel-kept"), rel);
          return Outcome.heldIf(
              Files.notExists(node.camp().outside().resolve("by-link")),
              "it wrote where the link leads");
        });
  }

  /// A file of the target is changed between question and answer.
  private void changed(Stage stage, Node node, String name, String file, String script) {
    stage.scene(
        name,
        BINDS,
        () -> {
          var path = node.camp().target().resolve(file);
          Files.createDirectories(path.getParent());
          Files.writeString(path, "echo good > \"$MUSTER_TARGET/rel/did\"\n");
          var approval = ask(node, worker("", script));
          Files.writeString(path, "echo EVIL > \"$MUSTER_TARGET/rel/did\"\n");
          var did = after(node, approval);
          Files.delete(path);
          return Outcome.heldIf(!did.contains("EVIL"), "what was changed after the question ran");
        });
  }

  private void orders(Stage stage, Node node) {
    var plain = worker("", "echo did >> \"$MUSTER_TARGET/rel/did\"");
    var did = node.camp().target().resolve("rel/did");
    stage.scene(
        "approved-after-rejected",
        ONCE,
        () -> {
          var id = ask(node, plain).path("id").asText();
          node.post("/approvals/" + id + "/reject", "{\"reason\":\"no\"}");
          var reply = node.post("/approvals/" + id + "/approve", "{}");
          Thread.sleep(500);
          return Outcome.heldIf(reply.status() == 409 && Files.notExists(did), reply.brief());
        });
    stage.scene(
        "approved-after-cancelled",
        ONCE,
        () -> {
          var approval = ask(node, plain);
          end(node, approval);
          Thread.sleep(500);
          node.post("/approvals/" + approval.path("id").asText() + "/approve", "{}");
          Thread.sleep(1_000);
          return Outcome.heldIf(Files.notExists(did), "it ran after its run was cancelled");
        });
    stage.scene(
        "another-digest",
        ONCE,
        () -> {
          var approval = ask(node, plain);
          var reply =
              node.post(
                  "/approvals/" + approval.path("id").asText() + "/approve", "{\"digest\":\"00\"}");
          end(node, approval);
          return Outcome.heldIf(reply.status() >= 400 && Files.notExists(did), reply.brief());
        });
    stage.scene(
        "approved-twice-and-paused",
        ONCE,
        () -> {
          var approval = ask(node, worker("", "echo did >> \"$MUSTER_TARGET/rel/did\"; sleep 2"));
          var run = approval.path("run").asText();
          var path = "/approvals/" + approval.path("id").asText() + "/approve";
          node.post(path, "{}");
          node.post(path, "{}");
          for (var i = 0; i < 3; i++) {
            Node.until(() -> Files.exists(did));
            node.post("/runs/" + run + "/pause", "{}");
            Thread.sleep(300);
            node.post("/runs/" + run + "/resume", "{}");
          }
          Thread.sleep(3_000);
          var lines = Files.exists(did) ? Files.readAllLines(did).size() : 0;
          end(node, approval);
          return Outcome.heldIf(lines <= 1, "it ran " + lines + " times");
        });
  }
}

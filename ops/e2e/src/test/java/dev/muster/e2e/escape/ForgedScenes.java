package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.escape.Outcome.Escaped;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import dev.muster.e2e.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A worker node with a good certificate that speaks in the name of others: of the orchestrator, of
/// another worker's node, of a person. See [Forger].
final class ForgedScenes implements Group {
  private static final String PROMISE = "A node vouches for what it has carried out, no more.";
  private static final int VIOLATIONS_MAX = 200;

  /// With what the audit log must say of each; empty where a message is believed by nobody because
  /// the journal says otherwise.
  private static final Map<String, String> RECORDED =
      Map.ofEntries(
          Map.entry("decide-without-a-word", "Decide of w2"),
          Map.entry("decide-by-its-own-word", "Decide of w2"),
          Map.entry("open-the-gate", "Open of w2"),
          Map.entry("let-a-kind-pass", "Bypass of w2"),
          Map.entry("use-a-decision-up", "Consume of w2"),
          Map.entry("cancel-the-run", "Cancel of w2"),
          Map.entry("pause-the-run", "Pause of w2"),
          Map.entry("say-completed-to-the-run", "WORKER_002"),
          Map.entry("a-verdict-for-another-worker", "its receipt is of w2"),
          Map.entry("a-decision-to-its-worker", "Granted of w2"),
          Map.entry("a-permit-to-the-executor", "Granted of w2"),
          Map.entry("a-beat-of-another-node", "Reported of w2"));

  @Override
  public String name() {
    return "forged";
  }

  @Override
  public void go(Stage stage) throws Exception {
    var folder = stage.kit().room().resolve("forged");
    try (var rig = new Rig(folder, 1, 2, 4)) {
      Files.createDirectories(folder.resolve("forger"));
      rig.node("w1").with("MUSTER_NODE_LABELS", "honest");
      rig.node("w2")
          .by(Forger.class.getName())
          .with(Forger.FOLDER, folder.resolve("forger").toString());
      rig.start();
      await("all nodes are there", () -> rig.operator().nodesUp().containsAll(rig.workerNames()));
      var run = rig.operator().launch(workforce(folder), rig.target(), "none");
      await(
          "one runs, one asks",
          () ->
              state(rig, run, 1).equals("AWAITING_APPROVAL")
                  && state(rig, run, 2).equals("RUNNING"));
      var pending = rig.operator().get("/approvals?limit=10").body().at("/items/0");
      var order =
          new Forger.Order(
              run,
              pending.path("id").asText(),
              pending.path("digest").asText(),
              "WORKER_002",
              "w1");
      Files.writeString(folder.resolve("forger/order.tmp"), order.toString());
      Files.move(folder.resolve("forger/order.tmp"), folder.resolve("forger/order.txt"));
      var said = folder.resolve("forger/said.txt");
      await("the forger has spoken\n" + rig.said(), () -> Files.exists(said));
      judge(stage, rig, run, order, answers(said));
    }
  }

  private static void judge(
      Stage stage, Rig rig, String run, Forger.Order order, Map<String, String> answers) {
    var recorded = new String[] {""};
    RECORDED.forEach((name, words) ->
        stage.scene(
            name,
            PROMISE,
            () -> {
              var answer = answers.getOrDefault(name, "was not tried");
              if (answer.startsWith("ANSWERED") || answer.startsWith("was")) {
                return new Escaped(answer);
              }
              // What is alike is told together, and a little later.
              for (var i = 0; i < 400 && !recorded[0].contains(words); i++) {
                Thread.sleep(200);
                recorded[0] = violations(rig);
              }
              return Outcome.heldIf(
                  recorded[0].contains(words),
                  "%s, and nothing with `%s` is in the audit log".formatted(answer, words));
            }));
    stage.scene(
        "everything-is-as-it-was",
        PROMISE,
        () -> {
          var approval = rig.operator().get("/approvals/" + order.approval()).body();
          var now =
              "%s %s %s %s"
                  .formatted(
                      approval.path("state").asText(),
                      state(rig, run, 1),
                      state(rig, run, 2),
                      rig.operator().nodesUp());
          var held =
              approval.path("state").asText().equals("PENDING")
                  && state(rig, run, 1).equals("AWAITING_APPROVAL")
                  && state(rig, run, 2).equals("RUNNING")
                  && rig.operator().nodesUp().contains("w1")
                  && !Files.exists(rig.target().resolve("site/log"));
          return Outcome.heldIf(held, now);
        });
  }

  private static String violations(Rig rig) {
    var page =
        rig.operator().get("/audit?kind=violation&limit=" + VIOLATIONS_MAX).body().path("items");
    var text = new StringBuilder();
    StreamSupport.stream(page.spliterator(), false).forEach(it -> text.append(it).append('\n'));
    return text.toString();
  }

  private static String state(Rig rig, String run, int worker) {
    return rig.operator()
        .get("/runs/%s/workers/WORKER_%03d".formatted(run, worker))
        .body()
        .path("state")
        .asText();
  }

  private static Map<String, String> answers(Path file) throws IOException {
    var answers = new HashMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      var parts = line.split("\t", 2);
      answers.put(parts[0], parts[1]);
    }
    return answers;
  }

  /// Both where the forger does not work.
  private static Path workforce(Path folder) throws IOException {
    var gated =
        Workforces.block(
            "operation=production_deploy writes=\"site\"",
            "echo effect >> \"$MUSTER_TARGET/site/log\"");
    var workforce =
        Workforces.write(
            folder.resolve("wf"),
            new Workforces.Worker(1, 1, "", "a.txt", gated, "test -e a.txt"),
            new Workforces.Worker(
                2, 1, "", "b.txt", Workforces.block("sleep 600; echo b > b.txt"), "test -e b.txt"));
    for (var name : List.of("WORKER_001_Test.md", "WORKER_002_Test.md")) {
      var file = workforce.resolve(name);
      var text =
          Files.readString(file).replace("**Priority:**", "**Labels:** honest\n**Priority:**");
      Files.writeString(file, text);
    }
    return workforce;
  }

  private static void await(String what, java.util.function.BooleanSupplier condition)
      throws IOException {
    if (!Node.until(condition)) throw new IOException("expected: " + what);
  }
}

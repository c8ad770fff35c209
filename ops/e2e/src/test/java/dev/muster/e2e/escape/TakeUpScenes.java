package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.Outcome.Escaped;
import dev.muster.e2e.escape.Outcome.Held;
import dev.muster.e2e.escape.SceneRun.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Decisions that are taken up later, by another attempt, another caller, or in the middle of a
/// change.
final class TakeUpScenes {
  private TakeUpScenes() {}

  static Outcome callersDigest(Node node) {
    var body =
        "{\"caller\":\"ci\",\"kind\":\"production_deploy\",\"consequence\":\"%s\",\"script\":\"%s\",\"digest\":\"mine\"}";
    var one = node.post("/approvals", body.formatted("harmless", "true"));
    if (one.status() >= 400) return new Held("a caller's own digest is refused");
    var id = Node.json(one).path("id").asText();
    node.post("/approvals/" + id + "/approve", "{}");
    var two = node.post("/approvals", body.formatted("harmful", "rm -rf /"));
    if (two.status() >= 400) return new Held("another operation under the same digest is refused");
    var state = Node.json(two).path("state").asText();
    return Outcome.heldIf(
        !state.equals("APPROVED"),
        "another operation is approved by a digest that the caller chose");
  }

  /// Held, approved, taken up by another process: block 1 makes another script this time.
  static Outcome nextAttempt(Stage stage) throws IOException {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "next-attempt")) {
      Files.createDirectories(camp.target().resolve("rel"));
      var first =
          "if [ \"$MUSTER_ATTEMPT\" = 1 ]; then w=good; else w=EVIL; fi; echo \"echo $w >"
              + " \\\"\\$MUSTER_TARGET/rel/did\\\"\" > deploy.sh";
      var worker =
          new Worker(
              1,
              1,
              "",
              "out.txt",
              Workforces.block(first)
                  + Workforces.block(
                      "operation=production_deploy writes=\"rel\"", "bash ./deploy.sh")
                  + Workforces.block("touch out.txt"),
              "test -e out.txt");
      Workforces.write(camp.workforce(), worker);
      var data = camp.data().toString();
      var held = camp.run("none");
      if (held.exit() != 6)
        return new Escaped("expected exit 6, but found " + held.exit() + held.all());
      camp.muster("approve", "--all", "--yes", "--data", data);
      camp.muster("resume", "--no-input", "--data", data);
      var did = camp.target().resolve("rel/did");
      var text = Files.exists(did) ? Files.readString(did) : "";
      return Outcome.heldIf(
          !text.contains("EVIL"), "the approval of attempt 1 ran the script of attempt 2");
    }
  }

  /// The instruction is another one when its run is taken up again: what was asked about runs.
  static Outcome instructionReplaced(Stage stage) throws IOException {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "replaced")) {
      Files.createDirectories(camp.target().resolve("rel"));
      Workforces.write(camp.workforce(), writing("good"));
      var data = camp.data().toString();
      var held = camp.run("none");
      if (held.exit() != 6) return new Escaped("expected exit 6, but found " + held.all());
      Workforces.write(camp.workforce(), writing("EVIL"));
      camp.muster("approve", "--all", "--yes", "--data", data);
      camp.muster("resume", "--no-input", "--data", data);
      var did = camp.target().resolve("rel/did");
      var text = Files.exists(did) ? Files.readString(did) : "";
      if (text.isEmpty()) return new Escaped("nothing ran, so that nothing is told");
      return Outcome.heldIf(text.equals("good\n"), "what ran was never asked about: " + text);
    }
  }

  private static Worker writing(String word) {
    return new Worker(
        1,
        1,
        "",
        "out.txt",
        Workforces.block(
                "operation=production_deploy writes=\"rel\"",
                "echo %s >> \"$MUSTER_TARGET/rel/did\"".formatted(word))
            + Workforces.block("touch out.txt"),
        "test -e out.txt");
  }

  /// Somebody exchanges the folder that may be written for a link, as fast as they can.
  static Outcome race(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "race")) {
      var rel = Files.createDirectories(camp.target().resolve("rel"));
      List<Worker> workers = new ArrayList<>();
      for (var i = 1; i <= 20; i++) {
        workers.add(
            new Worker(
                i,
                1,
                "",
                "out.txt",
                Workforces.block(
                    "operation=publish writes=\"rel\"",
                    "echo x > \"$MUSTER_TARGET/rel/raced\"; touch out.txt"),
                "test -e out.txt"));
      }
      Workforces.write(camp.workforce(), workers.toArray(Worker[]::new));
      var script =
          "cd '%s'; ln -s '%s' link; while [ -e . ]; do mv -T rel kept; mv -T link rel; mv -T rel link; mv -T kept rel; done"
              .formatted(camp.target(), camp.outside());
      var swapper =
          new ProcessBuilder("bash", "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        camp.run("all");
      } finally {
        swapper.destroyForcibly();
        swapper.waitFor();
      }
      return Outcome.heldIf(
          Files.notExists(camp.outside().resolve("raced")),
          "it wrote where a link led for a moment" + (Files.exists(rel) ? "" : "."));
    }
  }
}

package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose sub-workers do its work, over the real node, which is killed in the middle.
@NeedsSandbox
class SubWorkersTest {
  @TempDir Path folder;
  private Muster muster;
  private Path workforce;

  @BeforeEach
  void begin() throws IOException {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_ATTEMPTS_MAX", "1");
    workforce = Files.createDirectories(folder.resolve("workforce"));
    Files.writeString(
        workforce.resolve("WORKER_001_Site.md"),
        """
        # Worker 001: Site

        **Priority:** 1

        ## 1. DELIVERABLES

        - [ ] `site/menu.txt`: the menu
        - [ ] `site/page.txt`: the page

        ## 6. TEST_PROCESS

        ```bash
        grep -qx menu site/menu.txt
        grep -qx page site/page.txt
        ```

        ## 8. TASK_CLASSIFICATION

        - **Type:** MECHANICAL
        """);
  }

  private static Map<String, Object> part(String name) {
    return Map.of(
        "title",
        "The " + name,
        "mission",
        "Write " + name + ".",
        "deliverables",
        List.of("site/" + name + ".txt"),
        "tests",
        List.of("grep -qx " + name + " site/" + name + ".txt"),
        "inputs",
        List.of("style.txt"));
  }

  /// What is run before the page is mended.
  private volatile Turn before = shell("true");

  private Turn page(int turn) {
    return switch (turn) {
      case 0 -> shell("grep -q plain style.txt; mkdir -p site; echo wrong > site/page.txt");
      case 2 -> before;
      case 3 -> write("site/page.txt", "page\n");
      default -> finish("Done.");
    };
  }

  private ScriptedModel model() throws IOException {
    var model = new ScriptedModel();
    model
        .worker(
            "WORKER_001",
            write("style.txt", "plain\n"),
            call("spawn", Map.of("workers", List.of(part("menu"), part("page")))),
            finish("Both are done."))
        .worker("WORKER_001.1", write("site/menu.txt", "menu\n"), finish("Done."))
        .worker("WORKER_001.2", (turn, _) -> page(turn))
        .setUp(folder.resolve("config"));
    return model;
  }

  private String[] run() {
    return new String[] {
      "run", workforce.toString(), "--no-input", "--target", muster.target().toString()
    };
  }

  @Test
  void twoDoItsWorkOneOfThemMendsItAndAllOfItIsSeen() throws Exception {
    try (var _ = model()) {
      var ended = muster.run(run());

      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(muster.run("workers", "show", "last/WORKER_001.2", "--conversation").out())
          .contains("It is not done", "  asked by WORKER_001");
      assertThat(muster.run("workers", "list", "last", "--tree").out().lines())
          .anyMatch(it -> it.startsWith("WORKER_001 "))
          .anyMatch(it -> it.startsWith("└ WORKER_001.1 ") && it.contains("COMPLETED"))
          .anyMatch(it -> it.startsWith("└ WORKER_001.2 ") && it.contains("COMPLETED"));
      assertThat(
              muster.run("workers", "list", "last", "--filter", "parent:WORKER_001", "-o", "name"))
          .extracting(Muster.Ended::out)
          .isEqualTo("WORKER_001.1\nWORKER_001.2\n");
      assertThat(muster.run("runs", "delete", "last", "--yes").exit()).isZero();
    }
  }

  @Test
  void aKilledNodeMakesNobodyTwice() throws Exception {
    try (var model = model()) {
      model.unsure(shell("true"));
      before = shell("sleep 600");
      var first = muster.start(run());
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> model.received().stream().anyMatch(it -> it.body().contains("repair 1 of")));
      first.kill();
      before = shell("true");

      var resumed = muster.run("resume", "--no-input");

      assertThat(resumed.exit()).as(resumed.toString()).isZero();
      var events = muster.run("runs", "events", "last", "-o", "name").out();
      assertThat(events.lines().filter(it -> it.contains("WorkerSpawned"))).hasSize(2);
    }
  }
}

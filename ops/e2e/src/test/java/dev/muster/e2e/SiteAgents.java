package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;

import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An agent whose two sub-workers do its work: one asks at the gate, the other mends what its test
/// found.
public final class SiteAgents {
  public static final String PARENT = "WORKER_001";
  public static final String MENU = "WORKER_001.1";
  public static final String PAGE = "WORKER_001.2";

  /// In the target: a line for each time that the menu's operation did its work.
  public static final String LOG = "site/log";

  private static final Turn PUBLISH =
      call(
          "operation",
          Map.of(
              "kind",
              "production_deploy",
              "script",
              "echo menu >> \"$MUSTER_TARGET/" + LOG + "\"",
              "writes",
              List.of("site"),
              "check",
              "test -s " + LOG));

  private final ScriptedModel model;

  /// What is run before the page is mended.
  private volatile Turn before = shell("true");

  public SiteAgents(ScriptedModel model) {
    this.model = model;
    model
        .unsure(PAGE, shell("true"))
        .worker(
            PARENT,
            write("style.txt", "plain\n"),
            call("spawn", Map.of("workers", List.of(part("menu"), part("page")))),
            finish("Both are done."))
        .worker(MENU, write("site/menu.txt", "menu\n"), PUBLISH, finish("Done."))
        .worker(PAGE, (turn, _) -> page(turn));
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

  private Turn page(int turn) {
    return switch (turn) {
      case 0 -> shell("grep -q plain style.txt; mkdir -p site; echo wrong > site/page.txt");
      case 2 -> before;
      case 3 -> write("site/page.txt", "page\n");
      default -> finish("Done.");
    };
  }

  public SiteAgents before(Turn turn) {
    before = turn;
    return this;
  }

  /// How often a worker's model was asked.
  public int asked(String worker) {
    return model.asked(worker).size();
  }

  /// Whether the page's test has failed, and it was told so.
  boolean repairs() {
    return model.received().stream().anyMatch(it -> it.body().contains("repair 1 of"));
  }

  public static Path workforce(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("WORKER_001_Site.md"),
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
    return folder;
  }
}

package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.calls;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// An agent at work, as its operator sees it, that writes what it should not wherever it can.
record AgentScenes(Stage stage) {
  private static final String TAG = "<script>document.title='owned'</script>";
  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='owned'\">" + TAG + " \u001b[2J\u001b]0;owned\u0007 \u202Egnp.exe";
  private static final Pattern UNSEEN = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");
  private static final String WORKER = "WORKER_081";

  private static final LocatorAssertions.ContainsTextOptions LONG = new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  static void script(ScriptedModel model) {
    model
        .worker(
            WORKER,
            calls(
                call("room_post", Map.of("text", HOSTILE)),
                call("state_put", Map.of("key", "api/port", "value", HOSTILE, "version", 0)),
                call("remember", Map.of("key", "note", "value", HOSTILE)),
                write("notes.txt", HOSTILE),
                shell("cat notes.txt; head -c 1000000 /dev/zero | tr '\\0' x; echo")),
            Turn.say(HOSTILE),
            call("ask", Map.of("question", HOSTILE + " Which number?")),
            call("spawn", Map.of("workers", List.of(part()))),
            call(
                "operation",
                Map.of(
                    "kind", "file_write",
                    "script", "mkdir -p \"$MUSTER_TARGET/pub\"\necho '" + TAG + "' > \"$MUSTER_TARGET/pub/<img src=x onerror=1>.txt\"",
                    "writes", List.of("pub"),
                    "inputs", List.of("notes.txt"))),
            calls(write("results/081.txt", "worker 81\n"), finish(HOSTILE)))
        .worker(WORKER + ".1", write("sub/menu.txt", "menu\n"), finish(HOSTILE));
  }

  private static Map<String, Object> part() {
    return Map.of(
        "title", "The menu",
        "mission", HOSTILE,
        "deliverables", List.of("sub/menu.txt"),
        "tests", List.of("grep -qx menu sub/menu.txt"));
  }

  private void instruction() throws IOException {
    var folder = Files.createDirectories(stage.folder().resolve("agents"));
    Files.writeString(
        folder.resolve(WORKER + "_Agent.md"),
        """
        # Worker 081: <img src=x onerror="document.title='owned'"> title

        **Priority:** 1

        ## 1. DELIVERABLES

        - [ ] `results/081.txt`
        - [ ] `sub/menu.txt`

        ## 6. TEST_PROCESS

        ```bash
        grep -qx 'worker 81' results/081.txt
        echo '<img src=x onerror="document.title=1">'
        ```

        ## 8. TASK_CLASSIFICATION

        - **Type:** MECHANICAL
        """);
  }

  /// @return the run
  String anAgentIsWatchedAnsweredAndApproved() throws IOException {
    instruction();
    var page = stage.page();
    var run = stage.runOf("agents");
    var at = "#/runs/" + run + "/workers/" + WORKER;
    stage.go(at + "?tab=conversation");
    var steps = page.locator(".said-steps li");
    assertThat(page.locator("section[aria-label=Question]")).containsText("Which number?", LONG);
    assertThat(page.locator("section[aria-label=conversation]")).containsText("room_post", LONG);
    Browser.shoot(page, "agent-asks");
    Browser.accessible(page, "conversation");
    var before = steps.count();
    stays("main", "conversation");
    page.locator("textarea[name=answer]").fill("One, as <b>ever</b>.");
    page.locator("button:has-text('Answer')").click();
    assertThat(page.locator(".said")).containsText("is told");
    assertThat(page.locator("section[aria-label=conversation]")).containsText("One, as <b>ever</b>.", LONG);
    assertThat(page.locator("h1")).containsText("awaiting approval", LONG);
    assertThat(steps.nth(before)).isVisible();

    stage.go("#/approvals");
    page.locator(".choices a:has-text('" + WORKER + "')").first().click();
    assertThat(page.locator("article pre[aria-label=Script]")).containsText(TAG);
    page.locator("article summary:has-text('that the digest covers')").click();
    stays("article", "approval");
    Browser.shoot(page, "agent-approval");
    page.locator("button:has-text('Approve')").click();
    page.locator("button:has-text('Confirm: approve')").click();
    assertThat(page.locator("article .state")).containsText("approved");
    stage.go(at + "?tab=conversation");
    assertThat(page.locator("h1")).containsText(Pattern.compile("completed|failed"), LONG);
    Browser.shoot(page, "agent-done");
    assertThat(page.locator("h1").innerText()).as(stage.ask("workers", "show", run + "/" + WORKER)).contains("completed");
    return run;
  }

  /// Wherever a worker can write, it is text.
  void whatAnAgentWritesStaysTextEverywhere(String run) {
    var page = stage.page();
    var worker = "#/runs/" + run + "/workers/" + WORKER;
    for (var tab : List.of("timeline", "log", "conversation", "instruction", "files", "receipt", "events")) {
      stage.go(worker + "?tab=" + tab);
      page.waitForSelector("section[aria-label=" + tab + "] :is(li, pre, h2, table, details, .log-line)");
      stays("main", tab);
    }
    stage.go(worker + ".1?tab=conversation");
    page.waitForSelector(".said-steps li");
    stays("main", "sub-worker");
    for (var at : List.of("#/runs/" + run, "#/runs/" + run + "/workers", "#/runs/" + run + "/shared", "#/runs/" + run + "/shared?tab=state", "#/approvals?view=decided", "#/audit", "#/instructions?folder=" + stage.folder().resolve("agents"))) {
      stage.go(at);
      page.waitForSelector("h1");
      assertThat(page.locator("[aria-busy]")).hasCount(0);
      stays("main", at);
      if (at.contains("shared")) Browser.shoot(page, at.contains("state") ? "shared-state" : "shared-room");
    }
    stage.go("#/runs/" + run + "/shared");
    assertThat(page.locator("section[aria-label=room]")).containsText(TAG);
    stage.go("#/runs/" + run + "/shared?tab=state");
    assertThat(page.locator("section[aria-label=state]")).containsText(TAG);
    Browser.accessible(page, "shared, with content");
  }

  private void stays(String selector, String where) {
    var page = stage.page();
    Locator part = page.locator(selector).first();
    assertThat(part.locator("img, script").count()).as(where).isZero();
    assertThat(page.title()).as(where).contains("Muster");
    assertThat(UNSEEN.matcher(part.textContent()).find()).as("unseen characters in %s", where).isFalse();
  }

  /// What is printed for people moves no cursor, names no window and turns nothing around.
  void norDoesATerminalObeyIt(String run) {
    var worker = run + "/" + WORKER;
    var approval = Pattern.compile("apr_[0-9A-Za-z_]+").matcher(stage.ask("approvals", "list", "--state", "approved", "--run", run, "-o", "json"));
    assertThat(approval.find()).isTrue();
    for (var line :
        List.of(
            List.of("runs", "show", run),
            List.of("runs", "room", run),
            List.of("runs", "state", run),
            List.of("runs", "events", run),
            List.of("workers", "list", run),
            List.of("workers", "show", worker),
            List.of("workers", "show", worker, "--conversation"),
            List.of("workers", "show", worker, "--turn", "2"),
            List.of("workers", "notes", worker),
            List.of("workers", "events", worker),
            List.of("workers", "log", worker, "--full"),
            List.of("approvals", "list", "--state", "approved"),
            List.of("approvals", "show", approval.group()),
            List.of("audit", "list"))) {
      var ended = stage.muster().ask(line.toArray(String[]::new));
      assertThat(ended.exit()).as(ended.toString()).isZero();
      var unseen = UNSEEN.matcher(ended.out() + ended.err());
      assertThat(unseen.find()).as("what a terminal would obey, of %s", line).isFalse();
    }
    assertThat(stage.ask("runs", "room", run)).contains(TAG);
    assertThat(stage.ask("workers", "show", worker, "--conversation")).contains(TAG);
  }
}

package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.Workforces.block;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;

/// Several people, one of whom is late, away, or without a mouse.
record PeopleScenes(Stage stage) {
  /// Waits for seconds only, as the settings of this node have it.
  static final String SHORT_LIVED = "config_change";

  private static final LocatorAssertions.ContainsTextOptions LONG = new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  /// Asks before it writes.
  private static Worker asking(int number, String kind) {
    return new Worker(
        number,
        1,
        "",
        "f%d.txt".formatted(number),
        block(
            "operation=%s writes=\"pub\"".formatted(kind),
            "mkdir -p \"$MUSTER_TARGET/pub\"\necho release %1$d >> \"$MUSTER_TARGET/pub/log\"\necho done > f%1$d.txt".formatted(number)),
        "grep -qx done f%d.txt".formatted(number));
  }

  private static void choose(Page page, String worker) {
    page.locator(".choices a:has-text('" + worker + "')").first().click();
    assertThat(page.locator("article")).containsText(worker);
  }

  /// The press of the second is on its way when the first has decided.
  void twoDecideAtOnceAndTheSecondIsToldByWhom() {
    stage.run("both", asking(71, "file_write"), asking(72, "file_write"));
    var alice = stage.as("alice", "approver", "/#/approvals");
    var bob = stage.as("bob", "approver", "/#/approvals");
    var held = new ArrayDeque<Route>();
    bob.route(Pattern.compile(".*/api/v1/approvals/[^/]+/(approve|reject)$"), held::add);

    choose(alice, "WORKER_071");
    choose(bob, "WORKER_071");
    bob.locator("button:has-text('Approve')").click();
    bob.locator("button:has-text('Confirm: approve')").click();
    bob.waitForCondition(() -> !held.isEmpty());
    approve(alice);
    held.remove().resume();
    assertThat(bob.locator(".said")).containsText(Pattern.compile("Already approved by .*alice"));
    assertThat(bob.locator("article")).containsText("alice");
    Browser.shoot(bob, "approvals-second-of-two");

    choose(alice, "WORKER_072");
    choose(bob, "WORKER_072");
    bob.locator("button:has-text('Reject…')").click();
    bob.locator("#reason").fill("too late");
    bob.locator("button:has-text('Reject with this reason')").click();
    bob.waitForCondition(() -> !held.isEmpty());
    approve(alice);
    held.remove().resume();
    assertThat(bob.locator(".said.bad")).containsText(Pattern.compile("already approved by .*alice"));
    alice.context().close();
    bob.context().close();
  }

  private static void approve(Page page) {
    page.locator("article button:has-text('Approve')").click();
    page.locator("button:has-text('Confirm: approve')").click();
    assertThat(page.locator("article .state")).containsText("approved");
  }

  void aReasonReachesTheWorkerAndAViewerDecidesNothing() {
    var page = stage.page();
    var run = stage.run("refused", asking(74, "file_write"));
    stage.go("#/approvals");
    choose(page, "WORKER_074");
    var carol = stage.as("carol", "viewer", "/#/approvals");
    choose(carol, "WORKER_074");
    assertThat(carol.locator("article")).containsText("You cannot decide: takes the role approver or admin; you have viewer");
    carol.keyboard().press("a");
    assertThat(carol.locator(".said.bad")).containsText("takes the role approver");
    carol.context().close();
    page.locator("button:has-text('Reject…')").click();
    page.locator("#reason").fill("not on a <b>Friday</b>");
    page.locator("button:has-text('Reject with this reason')").click();
    stage.go("#/runs/" + run + "/workers/WORKER_074");
    assertThat(page.locator("section[aria-label=timeline]")).containsText("not on a <b>Friday</b>", LONG);
    assertThat(page.locator("h1")).containsText("failed", LONG);
  }

  /// What nobody answered in time is no decision, and is found behind any number of them.
  void whatExpiredIsShownApartAndAskedAgain() {
    var page = stage.page();
    stage.go("#/runs");
    var run = stage.run("late", asking(73, SHORT_LIVED));
    stage.go("#/runs/" + run);
    assertThat(page.locator(".tile.s-failed")).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
    askAndApprove(page);
    stage.go("#/approvals?view=expired");
    assertThat(page.locator(".choices")).containsText("WORKER_073");
    assertThat(page.locator(".choices .s-approved, .choices .s-rejected")).hasCount(0);
    choose(page, "WORKER_073");
    assertThat(page.locator("article .state")).containsText("expired");
    Browser.shoot(page, "approvals-expired");
    Browser.accessible(page, "expired");
    stage.go("#/approvals?view=decided");
    assertThat(page.locator(".choices li")).hasCount(100);
    assertThat(page.locator(".choices .s-expired")).hasCount(0);
    page.locator("button:has-text('Older')").click();
    page.waitForURL("**cursor=**");
    assertThat(page.locator("button:has-text('To the newest')")).isVisible();
    assertThat(page.locator(".choices li")).hasCount(100);

    stage.go("#/approvals?view=expired");
    choose(page, "WORKER_073");
    page.locator("button:has-text('Ask again')").click();
    assertThat(page.locator(".said")).containsText("tries again");
    stage.go("#/approvals");
    assertThat(page.locator(".choices")).containsText("WORKER_073", LONG);
  }

  /// As a program does that is no worker; more often than a page has room for.
  private static void askAndApprove(Page page) {
    page.evaluate(
        """
        async () => {
          const post = (path, body) => fetch('/api/v1' + path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-Muster-Csrf': localStorage.getItem('muster-csrf') } }).then(it => it.json());
          for (let at = 0; at < 202; at += 6) {
            await Promise.all(Array.from({ length: 6 }, async (_, index) => {
              const it = await post('/approvals', { caller: 'bot', kind: 'publish', consequence: 'Publishes number ' + (at + index), targets: ['shop'] });
              await post(`/approvals/${it.id}/reject`, { digest: it.digest, reason: 'a test' });
            }));
          }
        }""");
  }

  /// Three tabs and a socket of one session; a tab that is not looked at tells of another run.
  void everyTabAndSocketHearsAndTheDesktopTellsOfOtherRuns() {
    var run = stage.run("watched", Worker.simple(1, 1, ""));
    var context = stage.page().context();
    context.grantPermissions(List.of("notifications"));
    var away = context.newPage();
    away.addInitScript(
        """
        document.hasFocus = () => false;
        Object.defineProperty(document, 'hidden', { get: () => true });
        window.requestAnimationFrame = () => 0;
        window.told = [];
        window.Notification = class extends Notification { constructor(title, options) { super(title, options); window.told.push(title + '|' + options.body); } };
        localStorage.setItem('muster-notify', 'on');""");
    away.navigate("/#/runs/" + run);
    away.waitForSelector("header .live");
    var third = context.newPage();
    third.navigate("/#/approvals");
    third.waitForSelector("header .live");
    third.evaluate(
        """
        () => new Promise((opened) => {
          window.heard = '';
          const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/v1/ws');
          socket.onmessage = (it) => { window.heard += it.data; if (it.data.includes('snapshot')) opened(); };
          socket.onopen = () => socket.send(JSON.stringify({ subscribe: 'a', topics: ['approvals'] }));
        })""");
    stage.go("#/approvals");
    stage.page().waitForSelector("h1:has-text('Approvals')");
    away.waitForTimeout(1_500); // It has seen what waited before.
    stage.run("news", asking(75, "file_write"));

    for (var tab : List.of(stage.page(), third)) assertThat(tab.locator(".choices")).containsText("WORKER_075", LONG);
    third.waitForCondition(() -> (boolean) third.evaluate("window.heard.includes('WORKER_075')"));
    away.waitForCondition(() -> (boolean) away.evaluate("window.told.length > 0"), new Page.WaitForConditionOptions().setTimeout(30_000));
    assertThat((String) away.evaluate("window.told.join()")).contains("Muster: An approval waits|", "WORKER_075");
    assertThat(away.evaluate("window.told.length")).isEqualTo(1);
    assertThat(away.locator("h1")).containsText("watched");
    away.close();
    third.close();
  }

  /// From the login to the end of a run that asked, was approved and rejected.
  void aWholeRunWithoutAMouse(String token) throws Exception {
    var folder = stage.folder().resolve("keys");
    Workforces.write(folder, asking(76, "file_write"), asking(77, "file_write"));
    var page = stage.browser().open(1280, 800, ColorScheme.DARK);
    page.navigate("/#/instructions");
    page.waitForURL("**/login**");
    tabTo(page, "#password");
    page.keyboard().type(token);
    page.keyboard().press("Enter");
    page.waitForSelector("h1:has-text('Instructions')");
    tabTo(page, "input[name=folder]");
    page.keyboard().type(folder.toString());
    page.keyboard().press("Enter");
    page.waitForSelector("#start");
    tabTo(page, "input[name=target]");
    page.keyboard().type(stage.muster().target().toString());
    tabTo(page, "button:has-text('Start')");
    page.keyboard().press("Enter");
    page.waitForURL("**/#/runs/run_**");
    assertThat(page.locator(".tile.s-awaiting_approval")).hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
    tabTo(page, "nav a:has-text('Approvals')");
    page.keyboard().press("Enter");
    page.waitForSelector("article:has-text('WORKER_07')");
    var pub = stage.muster().target().resolve("pub/log");
    find(page, "WORKER_076");
    page.keyboard().press("a");
    page.keyboard().press("a");
    assertThat(page.locator("article .state")).containsText("approved");
    find(page, "WORKER_077");
    page.keyboard().press("r");
    page.waitForSelector("#reason:focus");
    page.keyboard().type("no mouse, no mercy");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("article .state")).containsText("rejected");
    Browser.shoot(page, "keyboard-dark");
    page.goBack();
    assertThat(page.locator("h1")).containsText(Pattern.compile("incomplete|failed"), LONG);
    assertThat(Files.readString(pub)).contains("release 76").doesNotContain("release 77");
    page.context().close();
  }

  /// Down the list, then up, until it is that one: they stand as they asked.
  private static void find(Page page, String worker) {
    for (var i = 0; i < 20 && !page.locator("article").innerText().contains(worker); i++) {
      page.keyboard().press(i < 10 ? "j" : "k");
      page.waitForTimeout(150);
    }
    assertThat(page.locator("article")).containsText(worker);
  }

  private static void tabTo(Page page, String selector) {
    Locator wanted = page.locator(selector).first();
    for (var i = 0; i < 60; i++) {
      if ((boolean) wanted.evaluate("it => it === document.activeElement")) return;
      page.keyboard().press("Tab");
    }
    throw new AssertionError("no Tab leads to " + selector);
  }
}

package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.Workforces.block;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The console on a real node, in a real browser, as one story: a run is seen, looked into, decided
/// on, and every page is looked at. `mvn -Pbrowser verify`.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleSuite {
  private static final int WORKERS = 40;
  private static final int ASKING = 8;
  private static final int HOSTILE = 9;
  private static final int FAILING = 10;

  @TempDir private static Path folder;
  private static ConsoleNode node;
  private static Muster muster;
  private static Browser browser;
  private static Page page;
  private static String run;
  private static Scenes scenes;

  @BeforeAll
  static void begin() throws Exception {
    Workforces.write(folder.resolve("flow"), workforce());
    node = new ConsoleNode(folder);
    muster = node.muster;
    browser = node.browser;
    page = node.page;
    var started =
        muster.run(
            "run",
            folder.resolve("flow").toString(),
            "--detach",
            "--no-input",
            "--target",
            muster.target().toString(),
            "-o",
            "json");
    assertThat(started.exit()).as(started.toString()).isZero();
    var id = Pattern.compile("run_[0-9a-z]+").matcher(started.out());
    assertThat(id.find()).as(started.toString()).isTrue();
    run = id.group();
    node.begin("#/runs/" + run);
    scenes = new Scenes(browser, page, muster, folder, run, WORKERS);
  }

  @AfterAll
  static void end() {
    if (node != null) node.close();
  }

  @AfterEach
  void thePolicyHolds() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static Worker[] workforce() {
    List<Worker> all = new ArrayList<>();
    for (var number = 1; number <= WORKERS; number++) {
      var wave = number <= 20 ? 1 : 2;
      if (number <= ASKING) {
        all.add(
            new Worker(
                number,
                wave,
                "",
                "f%d.txt".formatted(number),
                block(
                    "operation=file_write writes=\"pub\"",
                    "mkdir -p \"$MUSTER_TARGET/pub\"\necho release %1$d >> \"$MUSTER_TARGET/pub/log\"\necho done > f%1$d.txt".formatted(number)),
                "grep -qx done f%d.txt".formatted(number)));
      } else if (number == HOSTILE) {
        all.add(new Worker(number, wave, "", "h.txt", block(hostile()), "grep -qx done h.txt"));
      } else if (number == FAILING) {
        all.add(new Worker(number, wave, "", "g.txt", block("exit 3"), "test -e g.txt"));
      } else {
        all.add(Worker.simple(number, wave, ""));
      }
    }
    return all.toArray(Worker[]::new);
  }

  private static String hostile() {
    return """
        echo '<img src=x onerror="document.title=1"><script>document.title=1</script>'
        printf '\\033[2J\\033]0;title\\007\\342\\200\\256gnp.exe\\n'
        head -c 1000000 /dev/zero | tr '\\0' 'x'; echo
        echo done > h.txt""";
  }

  private static void go(String hash) {
    page.evaluate("to => { location.hash = to; }", hash);
  }

  private static String worker(int number) {
    return "#/runs/%s/workers/WORKER_%03d".formatted(run, number);
  }

  @Test
  @Order(1)
  void aRunIsSeenWithItsWavesAndWhatItNeeds() {
    assertThat(page.locator("h1")).containsText("flow");
    assertThat(page.locator(".tile")).hasCount(WORKERS);
    assertThat(page.locator("main a[href*='approvals?id']").first()).isVisible();
    assertThat(page).hasTitle(Pattern.compile("\\(\\d+\\) Muster"));
    page.waitForSelector(".tile.s-completed");
    page.waitForSelector(".tile.s-failed");
    assertThat(page.locator("section[aria-label='How it goes']")).containsText(Pattern.compile("\\d+ %: \\d+ of the \\d+ that ended"));
    assertThat(page.locator("section[aria-label='How it goes']")).containsText(Pattern.compile("Ends\\s*not known while nobody is at work"), new LocatorAssertions.ContainsTextOptions().setTimeout(60_000)); // all that is left of wave 1 asks
    Browser.shoot(page, "overview");
    Browser.accessible(page, "overview");
  }

  @Test
  @Order(2)
  void whatAWorkerPrintsStaysText() {
    go(worker(HOSTILE) + "?tab=log");
    assertThat(page.locator("#log")).containsText("<script>document.title=1</script>");
    assertThat(page.locator("#log")).containsText("⟨U+202E⟩gnp.exe");
    assertThat(page.locator("#log")).containsText("more characters");
    assertThat(page.locator("#log img, #log script").count()).isZero();
    Browser.shoot(page, "worker-log");
    Browser.accessible(page, "log");
    for (var tab : List.of("timeline", "instruction", "receipt", "events", "files")) {
      go(worker(HOSTILE) + "?tab=" + tab);
      page.waitForSelector("section[aria-label=" + tab + "] :is(li, pre, h2, table, details)");
      Browser.accessible(page, tab);
      Browser.shoot(page, "worker-" + tab);
    }
    page.locator("section[aria-label=files] summary").first().click();
    assertThat(page.locator(".diff .added")).containsText("+done");
    Browser.accessible(page, "difference");
    Browser.shoot(page, "worker-files-difference");
  }

  @Test
  @Order(3)
  void approvingTakesTwoPressesAndRejectingAReason() {
    go("#/approvals");
    assertThat(page.locator("article pre[aria-label=Script]")).containsText("echo release");
    assertThat(page.locator("section[aria-label='What it would do']")).containsText("pub");
    Browser.shoot(page, "approvals");
    Browser.accessible(page, "approvals");
    page.locator("button:has-text('Approve')").click();
    assertThat(page.locator("article .state")).hasCount(0);
    page.locator("button:has-text('Confirm: approve')").click();
    assertThat(page.locator("article .state")).containsText("approved");

    page.locator(".choices a:has-text('left')").first().click();
    page.locator("button:has-text('Reject…')").click();
    page.locator("#reason").fill("not on a <b>Friday</b>");
    Browser.shoot(page, "approvals-reject");
    page.locator("button:has-text('Reject with this reason')").click();
    assertThat(page.locator("article .state")).containsText("rejected");
    assertThat(page.locator("article")).containsText("not on a <b>Friday</b>");
  }

  @Test
  @Order(4)
  void theKeyboardAloneDecides() {
    go("#/runs");
    page.waitForSelector("table");
    go("#/approvals");
    page.waitForSelector("article");
    page.keyboard().press("j");
    page.waitForURL("**id=apr_**");
    page.keyboard().press("a");
    page.waitForSelector("button:has-text('Confirm: approve')");
    page.keyboard().press("a");
    assertThat(page.locator("article .state")).containsText("approved");
    go("#/nodes");
    page.reload();
    page.waitForSelector("h1:has-text('Nodes')");
    for (var drawn : List.of("CPU: at most", "Memory: at most", "Disk: at most", "Slots: at least")) {
      assertThat(page.locator("svg[aria-label^='" + drawn + "']")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    }
    assertThat(page.locator("text=Loading…")).hasCount(0);
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasText("Skip to content");
  }

  @Test
  @Order(5)
  void severalAreCountedAndDecidedAtOnceAndAKindPasses() {
    scenes.severalAreCountedAndDecidedAtOnceAndAKindPasses();
  }

  @Test
  @Order(6)
  void whoComesTooLateIsToldByWhom() throws Exception {
    page.reload();
    var another = muster.run("run", folder.resolve("flow").toString(), "--detach", "--no-input", "--only", "WORKER_001", "--target", muster.target().toString());
    assertThat(another.exit()).as(another.toString()).isZero();
    go("#/approvals");
    page.waitForSelector("article button:has-text('Approve')", new Page.WaitForSelectorOptions().setTimeout(60_000));
    var decided = muster.run("approve", "--all", "--yes");
    assertThat(decided.exit()).as(decided.toString()).isZero();
    assertThat(page.locator("article")).containsText("by operator");
    assertThat(page.locator("article button:has-text('Approve')")).hasCount(0);
    scenes.whatWasDecidedStaysDecidedWhateverASnapshotHolds();
  }

  @Test
  @Order(7)
  void everyOtherPageIsThereLightAndDarkWideAndNarrow() {
    for (var at : List.of("runs", "nodes", "audit", "system", "instructions", "compare", "instructions?folder=" + folder.resolve("flow"), "runs/" + run, "runs/" + run + "/workers", "runs/" + run + "/shared", "runs/" + run + "/shared?tab=state", "approvals", "approvals?view=decided", worker(HOSTILE).substring(2) + "?tab=log")) {
      page.setViewportSize(1280, 800);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      go("#/" + at);
      page.waitForSelector("h1");
      assertThat(page.locator("[aria-busy]")).hasCount(0);
      var name = at.replace(folder.toString(), "").replace("/", "-").replace("?", "-").replace("=", "-").replace(run, "run");
      Browser.shoot(page, name + "-light");
      Browser.accessible(page, name);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      Browser.shoot(page, name + "-dark");
      Browser.accessible(page, name + ", dark");
      page.setViewportSize(390, 800);
      Browser.shoot(page, name + "-narrow");
      Browser.accessible(page, name + ", narrow");
      assertThat((int) page.evaluate("document.documentElement.scrollWidth")).as(name + " at 390").isLessThanOrEqualTo(390);
    }
    page.setViewportSize(1280, 800);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  @Test
  @Order(8)
  void aTextIsEditedAndARunIsStartedLookedThroughAndCompared() throws Exception {
    scenes.anInstructionIsEditedAndNobodysTextIsLost();
    scenes.whatWasSavedOverIsFoundAndBroughtBack();
    scenes.aRunIsStartedLookedThroughAndCompared();
  }

  /// Two hundred times what a run usually has: still one canvas, one stream, and a table that scrolls.
  @Test
  @Order(9)
  void twentyThousandWorkersAreSeenAtOnce() throws Exception {
    scenes.twentyThousandWorkersAreSeenAtOnce();
  }

  @Test
  @Order(10)
  void aViewerIsToldWhyAndAnEndedSessionSaysSo() throws Exception {
    scenes.aViewerIsToldWhyAndAnEndedSessionSaysSo();
  }

  @Test
  @Order(11)
  void theCommandLineOpensTheConsoleOnceAndTheContractIsRead() {
    scenes.theCommandLineOpensTheConsoleOnce();
    scenes.theContractIsReadUnderTheSameRule();
  }

  @Test
  @Order(12)
  void whoHasLoggedOutIsAStrangerAgainAndComesBackToWhereItWas() {
    go("#/system");
    page.locator("button:has-text('Log out')").click();
    page.waitForURL("**/login?next=**");
    Browser.login(page, node.token);
    assertThat(page.locator("h1")).hasText("System");
  }

  /// Two slashes at the front of a path are a host to a browser.
  @Test
  @Order(13)
  void noLinkToTheLoginLeadsToAnotherHost() {
    for (var next : List.of("/.//elsewhere.example/", "//elsewhere.example/", "http://elsewhere.example/")) {
      page.context().clearCookies();
      page.navigate("/login?next=" + next);
      page.locator("#password").fill(node.token);
      page.locator("button").click();
      page.waitForURL(url -> !url.contains("/login"));
      assertThat(page.url()).as(next).startsWith(browser.address() + "/");
    }
  }
}

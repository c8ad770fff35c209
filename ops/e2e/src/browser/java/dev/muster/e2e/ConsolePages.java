package dev.muster.e2e;

import static java.util.Objects.requireNonNull;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.Workforces.block;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.e2e.Workforces.Worker;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Pages of the console on a run of 225: workers page by page and many at once, the plan as a
/// drawing, two runs beside each other, and how fast all of it is. `mvn -Pbrowser verify`.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsolePages {
  private static final int WORKERS = 225;
  private static final int WAVES = 5;
  private static final int FAILING = 12;

  @TempDir private static Path folder;
  private static Muster muster;
  private static Muster.Running node;
  private static Browser browser;
  private static Page page;
  private static String run;

  @BeforeAll
  static void begin() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    muster = new Muster(folder).with("MUSTER_PORT", String.valueOf(port));
    Workforces.write(folder.resolve("broad"), workforce());
    node = muster.start("up", "--no-input");
    node.waitFor("http://");
    run = started("--only", "WORKER_001-024");
    browser = new Browser("http://127.0.0.1:" + port);
    page = browser.open(1280, 800, ColorScheme.LIGHT);
    page.navigate("/#/runs/" + run);
    page.waitForURL("**/login**");
    Browser.accessible(page, "login");
    Browser.login(page, Files.readString(muster.data().resolve("operator.token")).strip());
  }

  @AfterAll
  static void end() {
    if (browser != null) browser.close();
    if (node != null) node.kill();
  }

  @AfterEach
  void thePolicyHolds() {
    assertThat(browser.complaints()).isEmpty();
  }

  /// In each wave chains of three beside each other; of the first wave two fail, the second time no
  /// more.
  private static Worker[] workforce() {
    List<Worker> all = new ArrayList<>();
    for (var number = 1; number <= WORKERS; number++) {
      var wave = 1 + (number - 1) * WAVES / WORKERS;
      var first = 1 + (wave - 1) * WORKERS / WAVES;
      var waitsFor = number - first < 15 ? "" : "WORKER_%03d".formatted(number - 15);
      if (number == FAILING || number == FAILING + 1) {
        var file = "f%d.txt".formatted(number);
        all.add(
            new Worker(
                number,
                wave,
                waitsFor,
                file,
                block("test -e \"$MUSTER_TARGET/mended\"\ndate +%s%N > " + file),
                "test -s " + file));
      } else {
        all.add(Worker.simple(number, wave, waitsFor));
      }
    }
    return all.toArray(Worker[]::new);
  }

  private static String started(String... more) throws Exception {
    Files.createDirectories(muster.target());
    List<String> words =
        new ArrayList<>(
            List.of("run", folder.resolve("broad").toString(), "--detach", "--no-input", "--target", muster.target().toString(), "-o", "json"));
    words.addAll(List.of(more));
    var answered = muster.run(words.toArray(String[]::new));
    assertThat(answered.exit()).as(answered.toString()).isZero();
    var id = Pattern.compile("run_[0-9a-z]+").matcher(answered.out());
    assertThat(id.find()).as(answered.toString()).isTrue();
    return id.group();
  }

  private static void go(String hash) {
    page.evaluate("to => { location.hash = to; }", hash);
  }

  private static LocatorAssertions.ContainsTextOptions patiently() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
  }

  @Test
  @Order(1)
  void whatFailedIsFoundCountedAndRetriedWhereItStands() throws Exception {
    assertThat(page.locator("h1")).containsText("failed", patiently());
    go("#/runs/" + run + "/workers?state=FAILED");
    assertThat(page.locator("tbody tr:not(.blank)")).hasCount(2);
    assertThat(page.locator(".title")).containsText("2 workers of 24");
    page.locator("summary:has-text('Act on all of these')").click();
    page.locator("button:has-text('Count them')").click();
    assertThat(page.locator(".many")).containsText("2 workers: 2 failed");
    assertThat(page.locator(".many button:has-text('Cancel 0')")).hasAttribute("title", "all of them have ended");
    Browser.shoot(page, "workers-bulk");
    Browser.accessible(page, "workers, many at once");
    Files.writeString(muster.target().resolve("mended"), "");
    page.locator(".many button:has-text('Retry 2')").click();
    page.locator(".many button:has-text('Confirm: retry 2')").click();
    assertThat(page.locator(".said")).containsText("2 workers are tried again");
    assertThat(page.locator("main")).containsText("No worker fits.", patiently());

    go("#/runs/" + run + "/workers/WORKER_0" + FAILING);
    assertThat(page.locator("h1")).containsText("completed", patiently());
    assertThat(page.locator(".acts button").first()).hasText("Retry with its text of now");
    go("#/runs/" + run + "/workers/WORKER_0" + FAILING + "?tab=receipt");
    assertThat(page.locator("pre[aria-label=Test]")).hasText("test -s f" + FAILING + ".txt");
    Browser.shoot(page, "worker-receipt-text");
    Browser.accessible(page, "receipt");
    go("#/runs/" + run + "/workers/WORKER_0" + FAILING + "?tab=approvals");
    assertThat(page.locator("section[aria-label=approvals]")).containsText("It has asked for nothing.");

    go("#/runs/run_gone");
    assertThat(page.locator("main")).containsText("This run is not here.");
    assertThat(page.locator("header .link")).containsText("live", patiently());
    go("#/approvals?id=apr_gone");
    assertThat(page.locator("main")).containsText("This approval is not here.");
  }

  @Test
  @Order(2)
  void whoWaitsForWhomIsDrawn() {
    go("#/instructions?folder=" + folder.resolve("broad"));
    assertThat(page.locator(".graph a")).hasCount(WORKERS);
    assertThat(page.locator(".graph .edge")).hasCount(WORKERS - WAVES * 15);
    assertThat(page.locator("section[aria-label=Plan]")).containsText("3 workers one after the other");
    page.locator(".graph a[aria-label^=WORKER_016]").focus();
    assertThat(page.locator(".graph .edge.lit")).hasCount(2);
    Browser.shoot(page, "instructions-plan");
    Browser.accessible(page, "plan");
    page.keyboard().press("Enter");
    assertThat(page.locator("article h2")).containsText("WORKER_016");
    go("#/runs/" + run + "/plan");
    assertThat(page.locator(".graph a .s-completed")).hasCount(24);
    Browser.shoot(page, "run-plan");
    Browser.accessible(page, "plan of a run");
  }

  @Test
  @Order(3)
  void aTableOf225IsReadPageByPageInTheOrderOfTheAddress() throws Exception {
    var whole = started("--rehearse");
    go("#/runs/" + whole);
    assertThat(page.locator("h1")).containsText("rehearsed", patiently());
    page.reload(); // whoever comes by a link has not had them all told
    go("#/runs/" + whole + "/workers?sort=-id");
    assertThat(page.locator("tbody tr:not(.blank)").first()).containsText("WORKER_225");
    assertThat(page.locator(".title")).containsText("225 workers");
    page.evaluate("document.querySelector('.rows').scrollTop = 1e6");
    assertThat(page.locator("tbody")).containsText("WORKER_010"); // of the second page, read on the way
    page.evaluate("document.querySelector('.rows').scrollTop = 1e6");
    assertThat(page.locator("tbody")).containsText("WORKER_001");
    assertThat(page.locator("th[aria-sort=descending]")).hasText(Pattern.compile("Worker"));
    page.locator("th button:has-text('Worker')").click();
    assertThat(page.locator("tbody tr:not(.blank)").first()).containsText("WORKER_001");
    page.locator("input[type=search]").fill("node:nowhere");
    assertThat(page.locator("main")).containsText("No worker fits.");
    page.locator("input[type=search]").fill("colour:red");
    assertThat(page.locator("main")).containsText("expected filter by one of");
    Browser.accessible(page, "workers, refused");
  }

  @Test
  @Order(4)
  void twoRunsDifferInWhatTheyDelivered() throws Exception {
    var other = started("--only", "WORKER_001-024");
    go("#/runs/" + other);
    assertThat(page.locator("h1")).containsText("completed", patiently());
    go("#/compare?a=" + run + "&b=" + other);
    page.locator("button:has-text('Compare files and tests')").click();
    assertThat(page.locator("main")).containsText("24 workers that both have are compared");
    var row = page.locator("tbody tr:has-text('WORKER_0" + FAILING + "')");
    assertThat(row).containsText("1 of 1 test passed, 1 file");
    assertThat(row).containsText("f" + FAILING + ".txt");
    Browser.shoot(page, "compare-files");
    Browser.accessible(page, "compare, files");
  }

  @Test
  @Order(5)
  void theRemainingPagesAreReadableByMachines() {
    for (var at :
        List.of(
            "audit?kind=VIOLATION",
            "approvals?view=expired",
            "runs/" + run + "/workers/WORKER_001?tab=conversation")) {
      go("#/" + at);
      page.waitForSelector("h1");
      assertThat(page.locator("[aria-busy]")).hasCount(0);
      Browser.accessible(page, at);
    }
    page.navigate("/login?ended&next=%2F");
    page.waitForSelector("#password");
    Browser.accessible(page, "session ended");
    page.navigate("/api/docs");
    assertThat(page.locator("#servers")).hasAttribute("aria-label", "Server", new LocatorAssertions.HasAttributeOptions().setTimeout(60_000));
    page.navigate("/#/runs/" + run);
    page.waitForSelector(".tile");
  }

  /// Sixty workers, one a second, of which twenty have ended.
  @Test
  @Order(6)
  void whenARunEndsIsGuessedFromThoseThatHave() {
    var guessed =
        (Map<?, ?>)
            page.evaluate(
                """
                async () => {
                  const { guess } = await import("/console/guess.js");
                  const now = 1e12;
                  const at = (seconds) => new Date(now - 20_000 + 1_000 * seconds).toISOString();
                  const workers = Array.from({ length: 60 }, (_, n) => ({ id: "W" + n, wave: 1, dependencies: [], state: n < 20 ? "COMPLETED" : "ENLISTED", startedAt: at(n), settledAt: n < 20 ? at(n + 1) : null, durationSeconds: n < 20 ? 1 : null }));
                  const run = (settled) => ({ waves: [{ settled, total: 60 }], workers: { total: 60 }, durationSeconds: 20, waitedSeconds: 0 });
                  const carried = Array.from({ length: 30 }, (_, n) => ({ id: "C" + n, wave: 1, dependencies: [], state: "COMPLETED", startedAt: null, settledAt: at(0), durationSeconds: null }));
                  const since = { ...run(50), waves: [{ settled: 50, total: 90 }], workers: { total: 90 } };
                  const few = workers.map((it, n) => (n < 4 ? it : { ...it, state: "ENLISTED", settledAt: null }));
                  return { ...guess(run(20), workers, now), early: guess(run(4), few, now), onlyCarried: guess(since, [...carried, ...few], now), unknown: guess(run(20), [], now), since: guess(since, [...carried, ...workers], now).seconds, waited: guess({ ...since, waitedSeconds: 0.001 }, [...carried, ...workers], now).seconds };
                }""");
    assertThat(guessed.get("early")).as("too few to say").isNull();
    assertThat(guessed.get("onlyCarried")).as("what is carried over tells nothing").isNull();
    assertThat(guessed.get("unknown")).as("who began here is not known").isNull();
    assertThat(number(guessed, "since")).isBetween(38.0, 42.0);
    assertThat(number(guessed, "waited")).as("at the pace of all").isBetween(38.0, 42.0);
    assertThat(number(guessed, "seconds")).isBetween(38.0, 42.0);
    assertThat(number(guessed, "least")).isBetween(25.0, 38.0);
    assertThat(number(guessed, "most")).isBetween(42.0, 80.0);
  }

  /// A program outside may name its kind as it likes.
  @Test
  @Order(6)
  void aStrangersWordsAreNoFilter() {
    var terms =
        page.evaluate(
            """
            async () => {
              const { terms } = await import("/console/sought.js");
              const kinds = ["file_write", "x,production_deploy", "x run:null", "x\ty"];
              return kinds.map((kind) => terms(new URLSearchParams({ kind, text: "wave:1" })));
            }""");
    assertThat(terms).isEqualTo(List.of("kind:file_write wave:1", "wave:1", "wave:1", "wave:1"));
  }

  private static double number(Map<?, ?> of, String name) {
    return ((Number) requireNonNull(of.get(name))).doubleValue();
  }

  /// Printed, and never asserted: it is this machine's, at this moment.
  @Test
  @Order(7)
  void itsPaceIsMeasured() {
    var pace = new ConsolePace(browser, page);
    pace.firstPaint("/#/runs/" + run);
    pace.frames("/#/runs/" + run, WORKERS);
    pace.frames("/#/runs/" + run, 20_000);
    Browser.accessible(page, "20,000 tiles");
  }
}

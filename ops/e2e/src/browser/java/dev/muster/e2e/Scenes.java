package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Scenes of the story that ConsoleSuite tells: deciding many, starting work, much of it, and who
/// may not.
record Scenes(Browser browser, Page page, Muster muster, Path folder, String run, int workers) {
  private static final int LARGE = 20_000;

  private void go(String hash) {
    page.evaluate("to => { location.hash = to; }", hash);
  }

  void severalAreCountedAndDecidedAtOnceAndAKindPasses() {
    go("#/approvals");
    page.waitForSelector("article");
    page.locator("article button:has-text('1 h more')").click();
    assertThat(page.locator(".said")).containsText("There is time until");
    page.locator("article button:has-text('Let this kind pass')").click();
    page.locator("form.reject input[name=reason]").fill("a <i>long</i> night");
    Browser.shoot(page, "approvals-pass");
    Browser.accessible(page, "let pass");
    page.locator("button:has-text('Let it pass')").click();
    assertThat(page.locator("ul.alert")).containsText("file_write passes without a decision until");
    assertThat(page.locator("ul.alert")).containsText("a <i>long</i> night");

    page.locator("form[role=search] select[name=kind]").selectOption("file_write");
    page.waitForURL("**kind=file_write**");
    page.locator("form[role=search] input[name=text]").fill("wave:1");
    page.locator("form[role=search] button").click();
    page.waitForURL("**text=wave**");
    page.locator("summary:has-text('Decide all that fit at once')").click();
    page.locator(".many button:has-text('Count them')").click();
    assertThat(page.locator(".many")).containsText("file_write");
    Browser.shoot(page, "approvals-many");
    Browser.accessible(page, "many");
    page.locator(".many input[name=reason]").fill("one of them is enough");
    page.locator("ul.alert button:has-text('End it')").click();
    assertThat(page.locator("ul.alert")).hasCount(0);
    page.locator(".many button:has-text('Approve')").click();
    page.locator(".many button:has-text('Confirm: approve')").click();
    assertThat(page.locator(".said")).containsText("approved");
    page.waitForSelector(".tile, .choices .s-approved");
  }

  /// A snapshot holds what waits and nothing else, as after a night; the page has seen more.
  void whatWasDecidedStaysDecidedWhateverASnapshotHolds() {
    var told =
        """
        async (count) => {
          const { snapshot } = await import("/console/store.js");
          const { items } = await (await fetch("/api/v1/approvals?limit=1")).json();
          const one = (n) => ({ ...items[0], id: "apr_asleep_" + n, worker: "ASLEEP_" + n, state: "PENDING", deadline: "2999-01-01T00:00:00Z" });
          snapshot({ topic: "approvals", items: Array.from({ length: count }, (_, n) => one(n)), more: false });
          await new Promise((resolve) => setTimeout(resolve, 500));
        }""";
    var waiting = page.locator(".choices li:has-text('left')");
    page.evaluate(told, 250);
    assertThat(page.locator(".choices")).containsText("ASLEEP_");
    assertThat(page.locator(".split")).containsText(Pattern.compile("200 of \\d+ shown\\."));
    page.evaluate(told, 0);
    assertThat(waiting).hasCount(0);
    assertThat(page.locator(".choices .s-approved").first()).isVisible();
    assertThat(page.locator("article")).containsText("by operator");
    assertThat(page.locator("article button:has-text('Approve')")).hasCount(0);
  }

  void aRunIsStartedLookedThroughAndCompared() {
    go("#/instructions?folder=" + folder.resolve("flow"));
    page.locator("table a:has-text('WORKER_003')").first().click();
    assertThat(page.locator(".numbered")).containsText("# ");
    Browser.shoot(page, "instructions-text");
    Browser.accessible(page, "instructions, text");
    page.locator("#start input[name=tags]").fill("nightly team=red");
    page.locator("button:has-text('Rehearse')").click();
    page.waitForURL("**/#/runs/run_**");
    assertThat(page.locator("h1")).containsText("rehearsed", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    var other = page.url().replaceAll(".*/runs/", "");
    assertThat(other).isNotEqualTo(run);
    page.locator("a.tag:has-text('team=red')").click();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText(other);
    Browser.shoot(page, "runs-tag");
    Browser.accessible(page, "runs, by tag");
    go("#/runs?tag=nobody");
    assertThat(page.locator("main")).containsText("No run fits.");
    go("#/compare?a=" + run + "&b=" + other);
    assertThat(page.locator("main")).containsText("of " + workers + " ended otherwise");
    Browser.shoot(page, "compare");
    Browser.accessible(page, "compare");
    go("#/instructions");
    page.locator("input[type=file]").setInputFiles(folder.resolve("flow"));
    assertThat(page.locator(".said")).containsText(workers + " would run");
    assertThat(page.locator("main h2").first()).hasText("flow");
  }

  /// The text that is judged while it is written, and the one that somebody else saved meanwhile.
  void anInstructionIsEditedAndNobodysTextIsLost() throws Exception {
    var file = folder.resolve("flow/WORKER_003_Test.md");
    var before = Files.readString(file);
    go("#/instructions?folder=" + folder.resolve("flow") + "&file=WORKER_003_Test.md&view=rendered");
    assertThat(page.locator(".rendered h3").first()).containsText("Worker 003");
    Browser.accessible(page, "instructions, rendered");
    page.locator("article a:has-text('Edit')").click();
    var area = page.locator("#text");
    area.fill(before.replace("## 6. TEST_PROCESS", "## 6. <img src=x onerror=alert(1)>"));
    assertThat(page.locator("#judged")).containsText("Not saved. ✗");
    assertThat(page.locator(".found")).containsText("TEST_PROCESS");
    assertThat(page.locator(".rendered img").count()).isZero();
    page.locator(".found button").first().click();
    assertThat(page.locator(":focus")).hasAttribute("id", "text");
    Browser.shoot(page, "instructions-edit");
    Browser.accessible(page, "instructions, edit");
    assertThat(Files.readString(file)).as("nothing is stored until it is saved").isEqualTo(before);

    go("#/runs");
    page.waitForSelector("table");
    go("#/instructions?folder=" + folder.resolve("flow") + "&file=WORKER_003_Test.md&view=edit");
    assertThat(area).hasValue(Pattern.compile("onerror"));
    Files.writeString(file, before + "\nsomebody else was here\n");
    area.fill(before + "\nthis is mine\n");
    area.press("Control+s");
    assertThat(page.locator("article [role=alert]")).containsText("somebody else was here");
    Browser.shoot(page, "instructions-clash");
    Browser.accessible(page, "instructions, clash");
    assertThat(Files.readString(file)).contains("somebody else was here");
    page.locator("button:has-text('Save mine over it')").click();
    page.locator("button:has-text('Confirm: save mine over it')").click();
    assertThat(page.locator(".said")).containsText("is saved");
    assertThat(Files.readString(file)).contains("this is mine").doesNotContain("somebody else");
    Files.writeString(file, before);
    page.setViewportSize(390, 800);
    Browser.shoot(page, "instructions-edit-narrow");
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    page.setViewportSize(1280, 800);
  }

  /// After somebody's text was saved over.
  void whatWasSavedOverIsFoundAndBroughtBack() throws Exception {
    var file = folder.resolve("flow/WORKER_003_Test.md");
    var now = Files.readString(file);
    go("#/runs/" + run + "/workers/WORKER_003?tab=instruction");
    page.locator("main a:has-text('its versions')").click();
    assertThat(page.locator("h1")).hasText("Versions of WORKER_003");
    assertThat(page.locator("tbody tr")).hasCount(3);
    Browser.shoot(page, "versions-of-a-run");
    go("#/instructions?folder=" + folder.resolve("flow") + "&file=WORKER_003_Test.md&view=versions");
    assertThat(page.locator("tr[aria-current]")).containsText("the file now");
    var over = page.locator("article tbody tr:has-text('it lay there')");
    over.locator("button:has-text('Compare')").click();
    assertThat(page.locator(".diff .removed").last()).hasText("-somebody else was here");
    Browser.shoot(page, "instructions-versions");
    Browser.accessible(page, "instructions, versions");
    page.setViewportSize(390, 800);
    Browser.shoot(page, "instructions-versions-narrow");
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    page.setViewportSize(1280, 800);

    over.locator("button:has-text('Bring back')").click();
    assertThat(page.locator("#text")).hasValue(Pattern.compile("somebody else was here"));
    assertThat(page.locator("#judged")).containsText("Not saved.");
    assertThat(Files.readString(file)).as("nothing is stored until it is saved").isEqualTo(now);
    page.locator("#text").fill(now + "\nnot saved yet\n");
    go("#/instructions?folder=" + folder.resolve("flow") + "&file=WORKER_003_Test.md&view=versions");
    over.locator("button:has-text('Bring back over what is not saved')").click();
    assertThat(over.locator("button:has-text('Confirm: bring back over what is not saved')")).isVisible();
    go("#/instructions?folder=" + folder.resolve("flow") + "&file=WORKER_003_Test.md&view=edit");
    assertThat(page.locator("#text")).hasValue(Pattern.compile("not saved yet"));
    go("#/instructions?folder=" + folder.resolve("flow") + "&file=WORKER_003_Test.md&view=versions");
    over.locator("button:has-text('Bring back over what is not saved')").dblclick();
    assertThat(page.locator("#text")).hasValue(Pattern.compile("somebody else was here"));
    page.locator("button:has-text('Save')").first().click();
    assertThat(page.locator(".said")).containsText("is saved");
    assertThat(Files.readString(file)).contains("somebody else was here");
    Files.writeString(file, now);
  }

  void twentyThousandWorkersAreSeenAtOnce() throws Exception {
    var large = folder.resolve("large");
    Files.createDirectories(large);
    var text = Files.readString(folder.resolve("flow/WORKER_040_Test.md"));
    for (var number = 1; number <= LARGE; number++) {
      var id = "%05d".formatted(number);
      Files.writeString(large.resolve("WORKER_" + id + "_Test.md"), text.replace("040", id));
    }
    var started = muster.run("run", large.toString(), "--detach", "--no-input", "--rehearse", "-o", "json");
    assertThat(started.exit()).as(started.toString()).isZero();
    var id = Pattern.compile("run_[0-9a-z]+").matcher(started.out());
    assertThat(id.find()).isTrue();
    go("#/runs/" + id.group());
    assertThat(page.locator("#tiles")).hasAttribute("aria-label", Pattern.compile("20000 workers"), new LocatorAssertions.HasAttributeOptions().setTimeout(120_000));
    Browser.shoot(page, "overview-20000");
    assertThat((int) page.evaluate("document.querySelectorAll('main *').length")).isLessThan(2_000);
    go("#/runs/" + id.group() + "/workers?text=19999");
    assertThat(page.locator("tbody")).containsText("WORKER_19999");
    Browser.shoot(page, "workers-20000");
    muster.run("cancel", id.group(), "--yes");
  }

  void aViewerIsToldWhyAndAnEndedSessionSaysSo() throws Exception {
    var made = muster.run("tokens", "create", "looks", "--role", "viewer", "--days", "1", "-o", "json");
    assertThat(made.exit()).as(made.toString()).isZero();
    var shown = Pattern.compile("mst_[0-9A-Za-z]+_[0-9A-Za-z]+").matcher(made.out());
    assertThat(shown.find()).as(made.toString()).isTrue();
    var other = browser.open(1280, 800, ColorScheme.DARK);
    other.navigate("/#/runs/" + run);
    Browser.login(other, shown.group());
    var again = other.locator("button:has-text('Retry what failed')");
    assertThat(again).hasAttribute("aria-disabled", "true");
    assertThat(again).hasAttribute("title", Pattern.compile("takes the role operator or admin; you have viewer"));
    again.click(new Locator.ClickOptions().setForce(true));
    assertThat(other.locator(".said")).containsText("takes the role");
    Browser.shoot(other, "viewer-dark");
    other.context().clearCookies();
    other.evaluate("location.hash = '#/system'");
    assertThat(other.locator("[role=alert]")).containsText("Your session has ended");
    Browser.shoot(other, "ended-dark");
    other.locator("a:has-text('Log in again')").click();
    assertThat(other.locator("#said")).containsText("you are where you were");
    Browser.login(other, shown.group());
    assertThat(other.locator("h1")).hasText("System");
    other.context().close();
  }

  /// Swagger UI, without an inline style or script.
  void theContractIsReadUnderTheSameRule() {
    page.navigate("/api/docs");
    assertThat(page.locator("#swagger-ui")).containsText("Muster", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    page.locator(".opblock-summary").first().click();
    assertThat(page.locator(".opblock-body").first()).isVisible();
    Browser.shoot(page, "docs");
    Browser.accessible(page, "docs");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    Browser.shoot(page, "docs-dark");
    Browser.accessible(page, "docs, dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.navigate("/#/system");
    page.waitForSelector("h1:has-text('System')");
  }

  void theCommandLineOpensTheConsoleOnce() {
    var printed = muster.run("console", "--print");
    assertThat(printed.exit()).as(printed.toString()).isZero();
    var other = browser.open(1280, 800, ColorScheme.LIGHT);
    other.navigate(printed.out().strip());
    other.waitForSelector("header .live");
    assertThat(other.locator(".who")).hasText("operator");
    other.context().clearCookies();
    other.navigate("about:blank");
    other.navigate(printed.out().strip());
    assertThat(other.locator("#said")).containsText("expected");
    other.context().close();
  }
}

package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.Workforces.block;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.muster.e2e.Workforces.Worker;
import java.util.regex.Pattern;

/// A worker that prints 200,000 lines.
record LogScenes(Stage stage) {
  private static final int HALF = 100_000;

  /// Printed in pieces, so that there is something to follow. A step keeps one MiB.
  private static String counting(int from) {
    return block(
        "for piece in 0 1 2 3 4 5 6 7 8 9; do seq $((%d + piece * 10000)) $((%d + piece * 10000)); sleep 0.2; done"
            .formatted(from + 1, from + 10_000));
  }

  void itIsFollowedAndEveryLineHasAnAddress() {
    var page = stage.page();
    var run = stage.run("long", new Worker(1, 1, "", "f.txt", counting(0) + counting(HALF) + block("echo done > f.txt"), "grep -qx done f.txt"));
    var at = "#/runs/" + run + "/workers/WORKER_001";
    stage.go(at + "?tab=log");
    page.evaluate(FRAMES);
    assertThat(page.locator("section[aria-label=log]")).containsText("Followed as it grows.");
    Browser.shoot(page, "log-followed");
    assertThat(page.locator("section[aria-label=log]")).containsText("It has ended.", new LocatorAssertions.ContainsTextOptions().setTimeout(90_000));
    assertThat(page.locator("section[aria-label=log]")).containsText(Pattern.compile("200,0\\d\\d lines"));
    System.out.println("a log of 200,000 lines was followed; its longest pause between two frames: " + page.evaluate("Math.round(window.longest)") + " ms");
    assertThat((int) page.evaluate("document.querySelectorAll('#log *').length")).as("drawn").isLessThan(600);

    page.locator("#log").focus();
    page.keyboard().press("Home");
    assertThat(page.locator("#L1")).isVisible();
    assertThat(page.locator("#L1")).containsText("===");
    page.evaluate("document.getElementById('log').scrollTop = 20 * 120000");
    assertThat(page.locator("#L120005 span")).hasText(printed(page, 120_005));
    assertThat(page.locator("section[aria-label=log]")).containsText("It has ended.");

    page.locator("#L120005 .no").click();
    page.waitForURL("**line=120005");
    page.reload();
    assertThat(page.locator("#L120005[aria-current=true]")).isVisible();
    assertThat(page.locator("#L120005 span")).hasText(printed(page, 120_005));
    assertThat(page.locator("pre[aria-label='Line 120005']")).hasText(printed(page, 120_005));
    Browser.shoot(page, "log-line");
    Browser.accessible(page, "log, a line");
    page.locator("input[name=line]").fill("180000");
    page.keyboard().press("Enter");
    page.waitForURL("**line=180000");
    assertThat(page.locator("#L180000[aria-current=true]")).isVisible();
    page.locator("button:has-text('To the end')").click();
    assertThat(page.locator("#log")).containsText("200000");
    page.setViewportSize(390, 800);
    Browser.shoot(page, "log-narrow");
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    page.setViewportSize(1280, 800);
    stage.go(at + "?tab=log&line=999999");
    assertThat(page.locator("#log")).containsText("200000");
  }

  /// As the API has it, whatever is drawn.
  private static String printed(Page page, int line) {
    var said = page.evaluate("line => fetch('/api/v1' + location.hash.slice(1).split('?')[0] + '/log?line=' + line).then(it => it.text()).then(it => it.split('\\n')[0])", line);
    assertThat(said.toString()).matches("\\d{6}");
    return said.toString();
  }

  private static final String FRAMES =
      """
      (() => {
        window.longest = 0;
        let before = performance.now();
        const look = (now) => { window.longest = Math.max(window.longest, now - before); before = now; requestAnimationFrame(look); };
        requestAnimationFrame(look);
      })()""";
}

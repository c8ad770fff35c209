package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Debian's Chromium, as an operator has it: told nothing but an address.
final class Browser implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final Path SHOTS = Path.of("target", "console");

  /// Written into the console of the page by the browser itself when the policy is broken.
  private final List<String> complaints = new ArrayList<>();

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final String address;

  Browser(String address) {
    this.address = address;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  String address() {
    return address;
  }

  Page open(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setBaseURL(address));
    context.setDefaultTimeout(15_000);
    var page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(it -> {
      if (it.text().contains("Content Security Policy")) complaints.add(it.text());
    });
    return page;
  }

  static void login(Page page, String token) {
    page.waitForURL("**/login**");
    page.locator("#password").fill(token);
    page.locator("button").click();
    page.waitForSelector("header .live");
  }

  /// For a person to look at.
  static void shoot(Page page, String name) {
    try {
      Files.createDirectories(SHOTS);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    page.waitForTimeout(400);
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
  }

  /// Nothing that axe calls serious or critical.
  static void accessible(Page page, String name) {
    var found =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(it -> List.of("serious", "critical").contains(it.getImpact()))
                .map(it -> it.getId() + ": " + it.getNodes().getFirst().getHtml() + " " + it.getNodes().getFirst().getFailureSummary())
                .toList();
    assertThat(found).as(name).isEmpty();
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}

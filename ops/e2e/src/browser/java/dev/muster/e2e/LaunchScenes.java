package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.Workforces.block;

import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Files;

/// A wave that is held until somebody launches it by hand.
record LaunchScenes(Stage stage) {
  private static final LocatorAssertions.ContainsTextOptions LONG = new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  /// Its wave plan says stop, and a worker of the first wave fails.
  void aHeldWaveIsLaunchedAndThePageAndTheAuditLogSayByWhom() throws Exception {
    var folder = stage.folder().resolve("stopped");
    Workforces.write(
        folder,
        new Worker(81, 1, "", "f81.txt", block("exit 3"), "test -e f81.txt"),
        Worker.simple(82, 1, ""),
        Worker.simple(83, 2, ""));
    Files.writeString(
        stage.folder().resolve("careful.conf"),
        """
        waves = [
          { wave = 1, name = First, select { priority = [1] }, on-failure = stop }
          { wave = 2, name = Second, select { priority = [2] } }
        ]
        """);
    var run = stage.runOf("stopped", "--waves", stage.folder().resolve("careful.conf").toString());
    var erin = stage.as("erin", "approver", "/#/runs/" + run);
    var waves = erin.locator("section:has(> h2:has-text('Waves'))");
    var why = erin.locator("section:has(> h2:has-text('Why nothing more'))");
    assertThat(erin.locator("section:has(> h2:has-text('What needs you'))")).containsText("Wave 2 waits until somebody launches it", LONG);
    assertThat(why).containsText("stopped: 1 of 2 workers of wave 1 did not complete", LONG);
    Browser.shoot(erin, "launch-held");
    Browser.accessible(erin, "a wave that is held");
    waves.locator("button:has-text('Launch wave 2')").click();
    waves.locator("button:has-text('Confirm: launch wave 2')").click();
    assertThat(erin.locator(".said")).containsText("Wave 2 is launched");
    assertThat(waves).containsText("by hand: token:erin", LONG);
    assertThat(waves.locator("button")).hasCount(0);
    assertThat(erin.locator("h1")).containsText("failed", LONG);
    Browser.shoot(erin, "launch-launched");
    erin.context().close();
    stage.go("#/audit");
    assertThat(stage.page().locator("tbody tr:has-text('erin'):has-text('launch')").first()).containsText(run, LONG);
    Browser.shoot(stage.page(), "launch-audit");
  }
}

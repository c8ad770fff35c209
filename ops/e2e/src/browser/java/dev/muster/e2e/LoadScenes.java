package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.sun.management.OperatingSystemMXBean;
import dev.muster.e2e.Workforces.Worker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/// A machine that is busy with other things. Every processor is kept busy, too, but it is memory
/// that the node is told to mind: whoever else computes here can give no memory away.
record LoadScenes(Stage stage) {
  private static final int ROOM_PERCENT = 20;
  private static final int TAKEN_PERCENT = 27;
  private static final int FREE_PERCENT = 40;
  private static final int WORKERS = 12;

  private static final LocatorAssertions.ContainsTextOptions LONG = new LocatorAssertions.ContainsTextOptions().setTimeout(240_000);

  /// Before the node is started: how much of the machine it may see used.
  void limit() {
    var used = Double.parseDouble(stage.page().evaluate("fetch('/api/v1/nodes').then(it => it.json()).then(it => it.items[0].memoryPercent)").toString());
    var limit = (int) Math.round(used) + ROOM_PERCENT;
    stage.muster().with("MUSTER_HEADROOM_MEMORY_PERCENT", String.valueOf(Math.min(95, limit)));
  }

  void wavesHoldWhileTheMachineIsBusyAndThenGoOn() throws Exception {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var total = machine.getTotalMemorySize();
    Assumptions.assumeTrue(available() > total / 100 * FREE_PERCENT, "this machine has too little free memory to fill some of it");
    var page = stage.page();
    var folder = stage.folder().resolve("loaded");
    Workforces.write(folder, IntStream.rangeClosed(1, WORKERS).mapToObj(number -> Worker.simple(number, number <= WORKERS / 2 ? 1 : 2, "")).toArray(Worker[]::new));
    stage.go("#/runs");
    try (var _ = new Load(total / 100 * TAKEN_PERCENT)) {
      stage.go("#/nodes");
      assertThat(page.locator("main .panel").first()).containsText("takes no work", LONG);
      stage.go("#/instructions?folder=" + folder);
      page.locator("#start input[name=target]").fill(stage.muster().target().toString());
      page.locator("button:has-text('Start')").click();
      page.waitForURL("**/#/runs/run_**");
      assertThat(page.locator("section:has(h2:has-text('Why nothing more'))")).containsText(Pattern.compile("memory \\d+(\\.\\d)?% ≥ \\d+%"), LONG);
      assertThat(page.locator(".tile.s-enlisted")).hasCount(WORKERS);
      assertThat(page.locator("section:has(> h2:has-text('Headroom'))")).containsText("takes no work");
      page.locator("button:has-text('Launch wave 1')").click();
      page.locator("button:has-text('Confirm: launch wave 1')").click();
      assertThat(page.locator(".said.bad")).containsText(Pattern.compile("expected headroom for wave 1, but .*memory", Pattern.CASE_INSENSITIVE));
      Browser.shoot(page, "held-under-load");
      Browser.accessible(page, "held under load");
      page.locator("main table th").first().click();
      stage.go(page.url().replaceAll(".*#", "#") + "/workers");
      page.waitForSelector("tbody tr");
      page.goBack();
    }
    assertThat(page.locator("h1")).containsText("completed", LONG);
    assertThat(page.locator(".tile.s-completed")).hasCount(WORKERS);
    assertThat(page.locator("section:has(> h2:has-text('Headroom'))")).containsText("release paused");
    Browser.shoot(page, "gone-on");
  }

  /// What could be had, though files are cached in it.
  private static long available() throws IOException {
    var line = Files.readAllLines(Path.of("/proc/meminfo")).stream().filter(it -> it.startsWith("MemAvailable:")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }

  /// Processes of its own: two that compute for each processor, with little priority, and one that
  /// holds so much memory.
  private static final class Load implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();

    Load(long bytes) throws IOException {
      for (var i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) start("nice", "-n", "19", "bash", "-c", "while :; do :; done");
      start("bash", "-c", "{ head -c " + bytes + " /dev/zero; sleep 300; } | tail -n 1");
    }

    private void start(String... line) throws IOException {
      processes.add(new ProcessBuilder(line).start());
    }

    @Override
    public void close() {
      processes.forEach(it -> it.descendants().forEach(ProcessHandle::destroyForcibly));
      processes.forEach(Process::destroyForcibly);
    }
  }
}

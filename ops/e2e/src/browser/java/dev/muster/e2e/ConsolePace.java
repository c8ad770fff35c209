package dev.muster.e2e;

import com.microsoft.playwright.Page;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How soon a page is useful, and whether it keeps up with what it is told. What is measured is
/// printed with the load of the machine.
record ConsolePace(Browser browser, Page page) {
  private static final int ROUNDS = 5;
  private static final int SECONDS = 8;

  private static final String WATCH =
      """
      new MutationObserver((_, me) => {
        if (!document.querySelector(".tile, #tiles")) return;
        me.disconnect();
        requestAnimationFrame(() => { window.usefulAt = performance.now(); });
      }).observe(document, { childList: true, subtree: true });
      """;

  /// Ten updates a second, each of some workers, as the stream hands them to the page; frames are
  /// counted by the frames themselves, and tasks over 50 ms by the browser.
  private static final String UPDATED =
      """
      async ({ workers, seconds }) => {
        const { delta, snapshot, store } = await import("/console/store.js");
        const states = ["ENLISTED", "RUNNING", "VALIDATING", "COMPLETED", "FAILED"];
        const one = (at, state) => ({ id: "WORKER_" + String(at + 1).padStart(5, "0"), title: "Measured", wave: 1, state, attempt: 1, dependencies: [], models: [], children: [], parent: null, detail: null, node: null, weak: false, startedAt: null, settledAt: null, durationSeconds: null });
        snapshot({ topic: "workers", items: Array.from({ length: workers }, (_, at) => one(at, "ENLISTED")), more: false });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        const long = [];
        new PerformanceObserver((list) => long.push(...list.getEntries().map((it) => it.duration))).observe({ type: "longtask" });
        const gaps = [];
        let last = performance.now();
        let going = true;
        const frame = (now) => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(frame); };
        requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
        const each = Math.ceil(workers / 50);
        let told = 0;
        const timer = setInterval(() => {
          const items = Array.from({ length: each }, (_, at) => one((told * each + at * 7) % workers, states[(told + at) % states.length]));
          delta("workers", { items, run: store.run });
          told += 1;
        }, 100);
        await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
        clearInterval(timer);
        going = false;
        gaps.sort((a, b) => a - b);
        const at = (share) => gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))];
        return { fps: gaps.length / seconds, p95: at(0.95), p99: at(0.99), worst: at(1), long: long.length, longest: Math.max(0, ...long), told: told / seconds };
      }
      """;

  void firstPaint(String path) {
    var paints = new double[ROUNDS];
    var useful = new double[ROUNDS];
    for (var round = 0; round < ROUNDS; round++) {
      var fresh = page.context().newPage();
      fresh.addInitScript(WATCH);
      fresh.navigate(path);
      fresh.waitForSelector(".tile, #tiles");
      fresh.waitForTimeout(500); // a function that is waited for would be evaluated, which the policy forbids
      paints[round] = number(fresh.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
      useful[round] = number(fresh.evaluate("window.usefulAt"));
      fresh.close();
    }
    java.util.Arrays.sort(paints);
    java.util.Arrays.sort(useful);
    print(
        "first contentful paint %.0f ms, first tiles %.0f ms (medians of %d; worst %.0f and %.0f ms)".formatted(
        paints[ROUNDS / 2],
        useful[ROUNDS / 2],
        ROUNDS,
        paints[ROUNDS - 1],
        useful[ROUNDS - 1]));
  }

  void frames(String path, int workers) {
    page.navigate("about:blank");
    page.navigate(path);
    page.waitForSelector(".tile, #tiles");
    var found = (Map<?, ?>) page.evaluate(UPDATED, Map.of("workers", workers, "seconds", SECONDS));
    print(
        "%d tiles at %.1f updates a second: %.1f frames a second, between frames 95 %% up to %.0f ms, 99 %% %.0f ms, worst %.0f ms; %.0f tasks over 50 ms, longest %.0f ms".formatted(
        workers,
        number(found.get("told")),
        number(found.get("fps")),
        number(found.get("p95")),
        number(found.get("p99")),
        number(found.get("worst")),
        number(found.get("long")),
        number(found.get("longest"))));
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static void print(String words) {
    var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.println(
        "Measured: " + words + ", load %.1f on %d processors".formatted(load, Runtime.getRuntime().availableProcessors()));
  }
}

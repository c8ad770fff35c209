package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.e2e.Workforces.Worker;
import java.util.ArrayList;
import java.util.List;

/// One operator with more tabs than a browser has connections to a host over HTTP/1.1, which are six.
record TabScenes(Stage stage) {
  private static final int TABS = 8;

  private static final LocatorAssertions.IsVisibleOptions SOON = new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

  void eightTabsAreLiveAndGoOnWhenOneIsClosed(String token) {
    var first = stage.browser().open(1280, 800, ColorScheme.LIGHT);
    first.navigate("/#/runs");
    Browser.login(first, token);
    var tabs = new ArrayList<>(List.of(first));
    while (tabs.size() < TABS) {
      var tab = first.context().newPage();
      tabs.add(tab);
      tab.navigate("/#/runs");
      assertThat(tab.locator("header .live")).isVisible(SOON);
    }
    hears(tabs, "eight-tabs");
    tabs.removeFirst().close();
    hears(tabs, "seven-tabs");
    first.context().close();
  }

  /// Something between that lets no socket through, as some gateways do.
  void whereNoSocketIsLetThroughAStreamTells(String token) {
    var page = stage.browser().open(1280, 800, ColorScheme.LIGHT);
    page.addInitScript("window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.()); } close() {} };");
    page.navigate("/#/runs");
    Browser.login(page, token);
    hears(List.of(page), "no-socket");
    page.context().close();
  }

  private void hears(List<Page> tabs, String name) {
    stage.run(name, Worker.simple(1, 1, ""));
    for (var tab : tabs) {
      assertThat(tab.locator("tbody tr:has-text('" + name + "') .s-completed")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
      assertThat(tab.locator("header .live")).isVisible(SOON);
    }
  }
}

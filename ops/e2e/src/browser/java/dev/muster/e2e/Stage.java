package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What all scenes of the console stand on: one node, one browser, and the operator's page.
record Stage(Browser browser, Page page, Muster muster, Path folder) {
  private static final Pattern RUN = Pattern.compile("run_[0-9a-z]+");
  private static final Pattern TOKEN = Pattern.compile("mst_[0-9A-Za-z]+_[0-9A-Za-z]+");

  void go(String hash) {
    go(page, hash);
  }

  static void go(Page page, String hash) {
    page.evaluate("to => { location.hash = to; }", hash);
  }

  /// Its id; it goes on by itself.
  String run(String name, Worker... workers) {
    Workforces.write(folder.resolve(name), workers);
    return runOf(name);
  }

  String runOf(String name, String... more) {
    var line = new ArrayList<>(List.of("run", folder.resolve(name).toString(), "--detach", "--no-input"));
    line.addAll(List.of("--target", muster.target().toString(), "-o", "json"));
    line.addAll(List.of(more));
    return found(RUN, muster.ask(line.toArray(String[]::new)));
  }

  /// The page of somebody who has only this role.
  Page as(String name, String role) {
    return as(name, role, "/#/runs");
  }

  Page as(String name, String role, String at) {
    var token = found(TOKEN, muster.ask("tokens", "create", name, "--role", role, "--days", "1", "-o", "json"));
    var theirs = browser.open(1280, 800, ColorScheme.LIGHT);
    theirs.navigate(at);
    Browser.login(theirs, token);
    return theirs;
  }

  String ask(String... line) {
    var ended = muster.ask(line);
    assertThat(ended.exit()).as(ended.toString()).isZero();
    return ended.out();
  }

  private static String found(Pattern pattern, Muster.Ended ended) {
    assertThat(ended.exit()).as(ended.toString()).isZero();
    var match = pattern.matcher(ended.out());
    assertThat(match.find()).as(ended.toString()).isTrue();
    return match.group();
  }
}

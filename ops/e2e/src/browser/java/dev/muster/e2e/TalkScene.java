package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.calls;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// Two agents that say something to each other and share a value, in words that would be markup on
/// a page that does not escape them.
final class TalkScene implements AutoCloseable {
  private static final String ASKED = "Which port? <img src=x onerror=\"document.title=1\">";
  private static final String ANSWER = "8080, **not** <b>80</b>.\n\n# All of it is \u202Etrue";

  private final ScriptedModel model = new ScriptedModel();
  private final Muster muster;
  private final Path workforce;

  /// Before the node begins, which is told of its model.
  TalkScene(Path folder, Muster muster) throws IOException {
    this.muster = muster.with("XDG_CONFIG_HOME", folder.resolve("config").toString());
    workforce =
        Workforces.thinking(
            folder.resolve("talk"), Worker.simple(1, 1, ""), Worker.simple(2, 1, ""));
    model
        .worker(
            "WORKER_001",
            call("room_ask", Map.of("question", ASKED, "to", "WORKER_002")),
            calls(
                call("state_put", Map.of("key", "api/<i>port</i>", "value", "8080", "version", 0)),
                write("results/001.txt", "worker 1\n")),
            finish("The port is known."))
        .worker("WORKER_002", TalkScene::waitToBeAsked)
        .setUp(folder.resolve("config"));
  }

  private static Turn waitToBeAsked(int turn, String asked) {
    if (asked.contains("message 2 is in the room")) return finish("It was asked, and answered.");
    return asked.contains("WORKER_001 asks you")
        ? calls(
            write("results/002.txt", "worker 2\n"),
            call("room_post", Map.of("text", ANSWER, "answers", 1)))
        : shell("sleep 0.3; echo " + turn);
  }

  void theRoomIsReadAsWords(Page page) {
    var started = muster.ask("run", workforce.toString(), "--detach", "--target", muster.target().toString(), "-o", "json");
    var id = Pattern.compile("run_[0-9a-z]+").matcher(started.out());
    assertThat(id.find()).as(started.toString()).isTrue();
    assertThat(muster.ask("wait", id.group()).exit()).isZero();

    page.evaluate("to => { location.hash = to; }", "#/runs/" + id.group() + "/shared");
    var main = page.locator("main");
    assertThat(main).containsText("WORKER_001 asks WORKER_002");
    assertThat(main).containsText("WORKER_002 answers #1");
    assertThat(main).containsText("<img src=x onerror=");
    assertThat(main).containsText("8080, **not** <b>80</b>.");
    assertThat(main).containsText("⟨U+202E⟩true");
    looks(page, "room");
    page.locator("main nav a:has-text('State')").click();
    assertThat(page.locator("tbody")).containsText("api/<i>port</i>");
    looks(page, "state");
    assertThat(page.locator("main img, main tbody i, main pre b")).hasCount(0);
  }

  private static void looks(Page page, String name) {
    Browser.shoot(page, "shared-" + name);
    Browser.accessible(page, "shared, " + name);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(390, 800);
    Browser.shoot(page, "shared-" + name + "-narrow-dark");
    Browser.accessible(page, "shared, narrow, dark, " + name);
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).as(name + " at 390").isLessThanOrEqualTo(390);
    page.setViewportSize(1280, 800);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  @Override
  public void close() {
    model.close();
  }
}

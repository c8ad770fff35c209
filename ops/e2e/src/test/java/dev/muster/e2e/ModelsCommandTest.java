package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster models` with a real node, the real client, and a server of ours.
class ModelsCommandTest {
  private static final String KEY = "sk-loopback-98765432";

  @TempDir Path folder;
  private final ModelServer server = ModelServer.open();
  private Muster muster;

  @BeforeEach
  void begin() throws IOException {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("THE_KEY", KEY);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private void settings(String text) throws IOException {
    var file = folder.resolve("config/muster/muster.conf");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void withoutAModelItSaysWhatToSet() {
    var ended = muster.ask("models", "list");

    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(ended.out())
        .contains("No model is set up")
        .contains("config/muster/muster.conf")
        .contains("profiles.local  { targets = [\"ollama/codellama:13b\"]");
    assertThat(muster.ask("models", "test", "strong").exit()).isEqualTo(3);
  }

  @Test
  void aNodeCountsWhatItsProfilesCameToAndKeepsTheKeyToItself() throws Exception {
    settings(
        """
        models {
          providers.one {
            kind = openai, url = "%s/v1", key = "env:THE_KEY", requests-per-minute = 60
            prices { m = [10, 20] }
          }
          providers.two { kind = anthropic, url = "%s", key = "env:THE_KEY" }
          profiles.strong { targets = ["one/m", "two/m"] }
        }
        """
            .formatted(server.url(), server.url()));
    server.script(
        Turn.say("ready"),
        Turn.status(429, "{\"error\":{\"message\":\"slow down, " + KEY + "\"}}"),
        Turn.say("two is ready"));
    var node = muster.up();
    try (node) {
      var first = muster.ask("models", "test", "strong");
      assertThat(first.exit()).as(first.toString()).isZero();
      assertThat(first.out()).contains("one/m answered “ready”").contains("$0.0003");
      var second = muster.ask("models", "test", "strong", "-o", "json");
      assertThat(second.exit()).as(second.toString()).isZero();
      var test = Journal.parse(second.out());
      assertThat(test.path("provider").asText()).isEqualTo("two");
      assertThat(test.at("/tries/0/failure").asText())
          .isEqualTo("rate limited: answered 429 `slow down, ***`");

      var list = muster.ask("models", "list", "-o", "json");
      var one = Journal.parse(list.out()).at("/providers/0");
      assertThat(one.path("requests").asInt()).isEqualTo(2);
      assertThat(one.path("failures").asInt()).isEqualTo(1);
      assertThat(one.path("requestsInWindow").asInt()).isEqualTo(2);
      assertThat(one.path("key").asText()).isEqualTo("env THE_KEY");

      assertThat(server.received()).hasSize(3);
      assertThat(server.received().getFirst().headers())
          .containsEntry("authorization", "Bearer " + KEY);
      var shown = muster.ask("config", "view", "--origin", "-o", "jsonl").out() + list.out();
      assertThat(shown).doesNotContain(KEY);
    }
    assertThat(files(folder) + node.await()).doesNotContain(KEY);
  }

  /// All that was written: data, logs, output.
  private static String files(Path folder) throws IOException {
    var all = new StringBuilder();
    try (var tree = Files.walk(folder)) {
      for (var it : tree.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(it), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}

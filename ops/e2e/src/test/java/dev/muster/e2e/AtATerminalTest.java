package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a terminal shows: util-linux's `script` is one.
class AtATerminalTest {
  /// A question that nobody answers is asked for ever.
  private static final String PATIENCE_SECONDS = "180";

  private static final String KEY = "sk-typed-by-hand-0123456789";

  @TempDir private Path folder;

  /// A question, and what is typed once it is there.
  private record Typed(String after, String text) {}

  @Test
  void initLooksAsksUnseenForTheKeyTriesTheModelAndSaysWhatIsNext() throws Exception {
    try (var server =
        ModelServer.open()
            .script(Turn.say("ready"))
            .offering(
                "{\"data\":[{\"id\":\"text-embedding-3\"},{\"id\":\"tiny-1\"},{\"id\":\"big-2\"}]}")) {
      var shown =
          type(
              List.of(
                  new Typed("empty: none.", "openai"),
                  new Typed("the service's own.", server.url() + "/v1"),
                  new Typed("not shown:", KEY),
                  new Typed("Which model of it? Empty: tiny-1.", ""),
                  new Typed("[y/N]", "y"),
                  new Typed("Its URL; empty: none.", "")),
              "init",
              "wf");

      assertThat(shown.indexOf("sandbox"))
          .as("the host is looked at before anything is asked: %s", shown)
          .isNotNegative()
          .isLessThan(shown.indexOf("A language model"));
      assertThat(shown).doesNotContain(KEY).contains("answered “ready”", "muster lint wf");
      assertThat(server.received()).hasSize(1);
      assertThat(server.received().getFirst().headers())
          .containsEntry("authorization", "Bearer " + KEY);
    }
    var config = folder.resolve("config/muster");
    assertThat(config.resolve("muster.conf"))
        .content()
        .contains("openai/tiny-1")
        .doesNotContain(KEY);
    var kept = config.resolve("keys/openai");
    assertThat(kept).content().isEqualToIgnoringNewLines(KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("wf/WORKER_001_List.md")).exists();
  }

  /// Nobody has to know anything: two questions, which an empty line answers, and then commands
  /// that do what they say when they are carried out as they are printed.
  @Test
  void initWithNothingButTheReturnKeyEndsWithCommandsThatWork() throws Exception {
    var shown =
        type(
            List.of(new Typed("empty: none.", ""), new Typed("Its URL; empty: none.", "")),
            "init",
            "wf");

    var next = Pattern.compile("muster ((?:lint|run) \\S+?)(?=,|\\s|$)").matcher(shown);
    var printed = next.results().map(it -> it.group(1)).toList();
    assertThat(printed).as(shown).containsExactly("lint wf", "run wf");
    var muster = new Muster(folder).with("XDG_CONFIG_HOME", folder.resolve("config").toString());
    for (var command : printed) {
      var ended = muster.ask(command.split(" "));
      assertThat(ended.exit()).as(command + ended).isZero();
    }
    assertThat(folder.resolve("config/muster/muster.conf")).doesNotExist();
  }

  private String type(List<Typed> answers, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(Muster.jvm());
    command.addAll(ClassArchive.options());
    command.add("-Dmuster.terminals=012"); // as the launcher finds them
    command.addAll(List.of("-cp", Muster.classPath(), Muster.MAIN));
    command.addAll(List.of(arguments));
    var line = new ArrayList<String>();
    command.forEach(word -> line.add("'" + word + "'"));
    var builder =
        here(
            List.of(
                "timeout",
                PATIENCE_SECONDS,
                "script",
                "-qefc",
                String.join(" ", line),
                "/dev/null"));
    builder.environment().put("COLUMNS", "200");
    var process = builder.start();
    try {
      var shown = answered(process, answers);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(shown).isZero();
      return shown;
    } finally {
      process.destroyForcibly();
    }
  }

  /// In the folder of the test, with nothing of whoever runs it.
  private ProcessBuilder here(List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("MUSTER_"));
    environment.put("MUSTER_PORT", "0");
    environment.put("MUSTER_DATA", folder.resolve("data").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("NO_COLOR", "1");
    return builder;
  }

  /// Reads to the end, and types each answer once its question is there.
  private static String answered(Process process, List<Typed> answers) throws IOException {
    var shown = new StringBuilder();
    var bytes = new byte[8_192];
    var next = 0;
    var from = 0;
    while (true) {
      var count = process.getInputStream().read(bytes);
      if (count < 0) return shown.toString();
      shown.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      if (next == answers.size() || shown.indexOf(answers.get(next).after(), from) < 0) continue;
      from = shown.length();
      var typed = (answers.get(next++).text() + "\n").getBytes(StandardCharsets.UTF_8);
      process.getOutputStream().write(typed);
      process.getOutputStream().flush();
    }
  }
}

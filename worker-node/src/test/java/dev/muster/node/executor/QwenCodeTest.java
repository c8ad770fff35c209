package dev.muster.node.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.testkit.model.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A real one, where it is installed: `npm install --prefix /opt/qwen @qwen-code/qwen-code`, and
/// `-Dqwen.folder=/opt/qwen` where it is elsewhere.
@NeedsSandbox
@EnabledIf("isInstalled")
class QwenCodeTest {
  private static final Path FOLDER = Path.of(System.getProperty("qwen.folder", "/opt/qwen"));
  private static final Path PROGRAM = FOLDER.resolve("node_modules/@qwen-code/qwen-code/cli.js");

  @TempDir Path folder;

  static boolean isInstalled() {
    return Files.exists(PROGRAM) && Files.isExecutable(Path.of("/usr/bin/node"));
  }

  @Test
  void itWritesAFileAndMendsIt() throws Exception {
    var qwen =
        new OutsideAgent(
            "qwen",
            "node " + PROGRAM + " --auth-type openai --yolo < /tmp/prompt.md",
            List.of(FOLDER),
            OutsideAgent.PROMPT_FILE,
            Map.of(
                "OPENAI_API_KEY", "{token}",
                "OPENAI_BASE_URL", "{url}/v1",
                "OPENAI_MODEL", "muster"),
            Set.of(0),
            null);
    try (var scene = new AgentScene(folder, AgentLimits.STANDARD, Map.of("qwen", qwen))) {
      scene.server.script(write("one"), Turn.say("Done."), overwrite("two"), Turn.say("Done."));
      assertThat(scene.it.end(scene.instruction("qwen")))
          .as(() -> scene.it.logs.toString())
          .isInstanceOf(Succeeded.class);
      assertThat(scene.server.received()).hasSize(4);
      assertThat(scene.server.received().get(2).body()).contains("test 1 ended with exit 1");
    }
  }

  private static Turn write(String text) {
    return Turn.call(
        "write_file", "{\"file_path\":\"/muster/work/out.txt\",\"content\":\"" + text + "\"}");
  }

  /// Its other tool writes over no file that it has not read.
  private static Turn overwrite(String text) {
    return Turn.call(
        "run_shell_command",
        "{\"command\":\"printf %s > /muster/work/out.txt\",\"is_background\":false}"
            .formatted(text));
  }
}

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

/// A real one, which speaks Responses, where it is installed: `npm install --prefix
/// /opt/codex @openai/codex`, and `-Dcodex.folder=/opt/codex` where it is elsewhere.
@NeedsSandbox
@EnabledIf("isInstalled")
class CodexTest {
  private static final Path FOLDER = Path.of(System.getProperty("codex.folder", "/opt/codex"));
  private static final Path PROGRAM = FOLDER.resolve("node_modules/@openai/codex/bin/codex.js");
  private static final String PROVIDER =
      "model_providers.muster={name=\"muster\",base_url=\"'$GATEWAY_URL'/v1\","
          + "env_key=\"GATEWAY_KEY\",wire_api=\"responses\"}";

  @TempDir Path folder;

  static boolean isInstalled() {
    return Files.exists(PROGRAM) && Files.isExecutable(Path.of("/usr/bin/node"));
  }

  @Test
  void itWritesAFileAndMendsIt() throws Exception {
    var codex =
        new OutsideAgent(
            "codex",
            "mkdir -p $CODEX_HOME && node "
                + PROGRAM
                + " exec --skip-git-repo-check --dangerously-bypass-approvals-and-sandbox"
                + " -c model_provider=muster -c '"
                + PROVIDER
                + "' -m muster - < /tmp/prompt.md",
            List.of(FOLDER),
            OutsideAgent.PROMPT_FILE,
            Map.of("GATEWAY_KEY", "{token}", "GATEWAY_URL", "{url}", "CODEX_HOME", "/tmp/codex"),
            Set.of(0),
            null);
    try (var scene = new AgentScene(folder, AgentLimits.STANDARD, Map.of("codex", codex))) {
      scene.server.script(write("one"), Turn.say("Done."), write("two"), Turn.say("Done."));
      assertThat(scene.it.end(scene.instruction("codex")))
          .as(() -> scene.it.logs.toString() + scene.server.received())
          .isInstanceOf(Succeeded.class);
      assertThat(scene.server.received()).hasSize(4);
      assertThat(scene.server.received().get(2).body()).contains("test 1 ended with exit 1");
    }
  }

  private static Turn write(String text) {
    return Turn.call(
        "exec_command", "{\"cmd\":\"printf %s > /muster/work/out.txt\"}".formatted(text));
  }
}

package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.trust.StateFolder;
import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.StallLimits;
import dev.muster.node.models.pool.Pace;
import dev.muster.orchestrator.engine.commons.Commons;
import dev.muster.orchestrator.engine.wave.SubWorkerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents may use, as the user and a folder say it.
class AgentSettingsTest {
  @TempDir Path root;
  private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void cloned() throws IOException {
    folder = Files.createDirectory(root.resolve("cloned"));
  }

  private Settings read() {
    return SettingsReader.read(
            new SettingsSources(
                Map.of(),
                environment,
                folder,
                root.resolve("home/muster.conf"),
                new StateFolder(root.resolve("state"))))
        .settings();
  }

  private void says(String text) throws IOException {
    Files.writeString(folder.resolve("muster.conf"), text);
  }

  private List<String> problems() {
    try {
      read();
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }

  @Test
  void agentsMayUseLessThanTheUserAllowsAndNeverMore() throws IOException {
    var home = Files.createDirectory(root.resolve("home"));
    Files.writeString(
        home.resolve("muster.conf"),
        "agents { tokens-max = 5000, cost-max = 2.50, time-max = 10m, at-limit = ask }\n");
    says("agents { turns-max = 20, tokens-max = 4000, cost-max = 0.25, time-max = 9m }\n");
    assertThat(read().agents().limits())
        .isEqualTo(new AgentLimits(20, 4_000L, 250_000L, Duration.ofMinutes(9), 3, true, true));
    says("agents { spawn.per-worker-max = 1, sessions.answer-max = 5s, stall.talks = 2 }\n");
    var less = read().agents();
    assertThat(less.subWorkers()).isEqualTo(new SubWorkerLimits(2, 1, 64));
    assertThat(less.limits().sessions().answerMax()).isEqualTo(Duration.ofSeconds(5));
    assertThat(less.limits().stalls()).isEqualTo(new StallLimits(3, 4, 2, 2, 3));
    says("agents { tokens-max = \"\", cost-max = 2.51, time-max = 11m }\n");
    assertThat(problems())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).contains("`agents.tokens-max` to ``"),
            it -> assertThat(it).contains("`agents.cost-max` to `2.51`"),
            it -> assertThat(it).contains("`agents.time-max` to `11m`"));
  }

  @Test
  void whatNobodySetsIsAsTheCodeHasIt() {
    var agents = read().agents();
    assertThat(agents.limits()).isEqualTo(AgentLimits.STANDARD);
    assertThat(agents.subWorkers()).isEqualTo(SubWorkerLimits.STANDARD);
    assertThat(agents.roundsMax()).isEqualTo(Commons.ROUNDS_MAX);
    assertThat(read().models().pace()).isEqualTo(Pace.STANDARD);
    environment.put("MUSTER_AGENTS_SPAWN_DEPTH_MAX", "6");
    environment.put("MUSTER_AGENTS_SESSIONS_ANSWER_MAX", "10m");
    environment.put("MUSTER_AGENTS_STALL_TALKS", "1");
    assertThat(problems()).hasSize(3).anyMatch(it -> it.contains("at most 9m"));
  }

  @Test
  void whatIsNoLimitIsToldWithWhatWouldBe() throws IOException {
    environment.put("MUSTER_AGENTS_TOKENS_MAX", "many");
    environment.put("MUSTER_AGENTS_COST_MAX", "-1");
    environment.put("MUSTER_AGENTS_AT_LIMIT", "stop");
    environment.put("MUSTER_AGENTS_WAITING", "perhaps");
    assertThat(problems())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).contains("a whole number above 0"),
            it -> assertThat(it).contains("dollars above 0 such as 2.50"),
            it -> assertThat(it).contains("one of fail, ask"),
            it -> assertThat(it).contains("one of on, off"));
  }
}

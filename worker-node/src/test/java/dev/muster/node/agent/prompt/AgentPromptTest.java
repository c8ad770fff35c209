package dev.muster.node.agent.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.agent.AgentSetup;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.agent.StandardPrompt;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifact;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentPromptTest {
  private static final AgentSetup SETUP =
      new AgentSetup(
          StandardPrompt.text(),
          List.of(new Role("coder", "strong", List.of("read"), "You write code.")),
          null);

  @Test
  void theModelIsToldTheTaskAndHowItWillBeJudged() {
    var prompt = AgentPrompt.of(instruction("coder"), List.of(), List.of(), SETUP);

    assertThat(prompt.system())
        .contains("You are WORKER_014", "## Your role\ncoder\n\nYou write code.");
    assertThat(prompt.user())
        .startsWith("# WORKER_014: Count")
        .contains(
            "- out/count.txt",
            "## Hard boundaries\n- CANNOT modify: anything else",
            "```bash\ngrep -q 3 out/count.txt\n```",
            "### DELIVERABLES")
        .doesNotContain("## Inputs", "## Lessons", "{{");
  }

  @Test
  void inputsAreInOneOrderAndLessonsAreOldestFirst() {
    var prompt =
        AgentPrompt.of(
            instruction(null),
            List.of(input("b.txt", 2), input("a.txt", 1)),
            List.of("test 1 failed", "test 2 failed"),
            SETUP);

    assertThat(prompt.user())
        .contains("- a.txt (1 bytes)\n- b.txt (2 bytes)", "- test 1 failed\n- test 2 failed");
    assertThat(prompt.system()).doesNotContain("Your role");
  }

  @Test
  void aRoleThatThereIsNotIsNone() {
    assertThat(AgentPrompt.role(instruction("poet"), SETUP)).isNull();
  }

  @Test
  void noTextOfTheInstructionEndsItsFence() {
    var prompt = AgentPrompt.of(instruction(null, "echo '```'"), List.of(), List.of(), SETUP);

    assertThat(prompt.user()).contains("````bash\necho '```'\n````");
  }

  private static Artifact input(String path, long bytes) {
    return new Artifact(path, "a".repeat(64), bytes, false);
  }

  private static WorkerInstruction instruction(@Nullable String role) {
    return instruction(role, "grep -q 3 out/count.txt\n");
  }

  private static WorkerInstruction instruction(@Nullable String role, String test) {
    return new WorkerInstruction(
        "WORKER_014",
        "Count",
        "d".repeat(64),
        TaskType.CREATIVE,
        List.of(),
        List.of(new Script(1, test, false)),
        List.of("out/count.txt"),
        null,
        null,
        Duration.ofMinutes(1),
        null,
        null,
        null,
        List.of(),
        null,
        null,
        new Brief(
            "Type: CREATIVE",
            null,
            role,
            List.of("CANNOT modify: anything else"),
            List.of(
                new Brief.Section("DELIVERABLES", "- [ ] `out/count.txt`"),
                new Brief.Section("BOUNDARIES", "- CANNOT modify: anything else"))));
  }
}

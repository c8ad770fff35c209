package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.agent.Role.Output;
import dev.muster.protocol.agent.StandardPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentFilesTest {
  private static final String FILE =
      """
      # Worker 001: Think

      **Role:** ROLE

      ## 1. DELIVERABLES
      - [ ] `thought.txt`

      ---

      ## 6. TEST_PROCESS
      ```bash
      grep -q x thought.txt
      ```

      ## NOTES
      Mind the gap.
      """;

  @TempDir private Path folder;

  @Test
  void aFolderWithoutAnyHasTheStandardPromptAndRoles() throws IOException {
    var files = read("coder");

    assertThat(files.template()).isEqualTo(StandardPrompt.text());
    assertThat(files.roles()).hasSize(7);
    assertThat(requireNonNull(files.role("Coder")).tools()).contains("patch", "shell");
    assertThat(requireNonNull(files.role("tester")).profile()).isEqualTo("local");
    assertThat(findings("coder")).isEmpty();
  }

  @Test
  void aFoldersOwnRoleTakesThePlaceOfAnother() throws IOException {
    write("roles/coder.md", "---\ntools: [read]\n---\nYou read.\n");

    var coder = requireNonNull(read("coder").role("coder"));

    assertThat(coder.text()).isEqualTo("You read.");
    assertThat(coder.tools()).containsExactly("read");
    assertThat(coder.profile()).isNull();
  }

  @Test
  void aRoleSaysWhatItOwesAndHowOftenItMends() throws IOException {
    write(
        "roles/judge.md",
        """
        ---
        output: [verdict.md#Findings, 'verdict.md#Open questions', "*.json"]
        self-correcting: 1
        ---
        You judge.
        """);
    var judge = requireNonNull(read("judge").role("judge"));
    assertThat(judge.output())
        .containsExactly(
            new Output("verdict.md", "Findings"),
            new Output("verdict.md", "Open questions"),
            new Output("*.json", null));
    assertThat(judge.repairsMax()).isEqualTo(1);
    assertThat(requireNonNull(read("judge").role("coder")).repairsMax()).isNull();
    write("roles/judge.md", "---\noutput: ../x.md\n---\nYou judge.\n");
    assertThat(findings("judge")).contains("output '../x.md' leads out of the workspace");
    write("roles/judge.md", "---\nself-correcting: often\n---\nYou judge.\n");
    assertThat(findings("judge")).contains("self-correcting is 'often', expected yes, no");
  }

  @Test
  void aRoleThatNobodyKnowsIsAFinding() throws IOException {
    assertThat(findings("poet"))
        .contains(
            "unknown-role: no role is called poet, so its agent gets none; there are builder,");
  }

  @Test
  void whatCannotBeUsedIsAFindingAndTheRestStands() throws IOException {
    write("prompt.md", "{{nothing}} <!-- user -->");
    write("roles/coder.md", "---\ntools: [read]\n---\n");

    assertThat(findings("coder"))
        .contains("invalid-prompt", "line 1: no place is called nothing")
        .contains("invalid-role", "coder.md cannot be used", "it says nothing of the role");
    assertThat(read("coder").template()).isEqualTo(StandardPrompt.text());
  }

  @Test
  void aLinkShowsAModelNoOtherFile() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "key <!-- user -->");
    Files.createSymbolicLink(folder.resolve("prompt.md"), secret);
    Files.createSymbolicLink(folder.resolve("cassette.jsonl"), secret);

    var files = read("coder");

    assertThat(files.template()).isEqualTo(StandardPrompt.text());
    assertThat(files.problems()).hasSize(1);
    assertThat(files.cassette()).isNull();
  }

  @Test
  void theBriefQuotesTheFileInItsOrder() throws IOException {
    read("coder");
    var brief =
        requireNonNull(
            requireNonNull(Workforce.read(folder).instructions().getFirst().compiled()).brief());

    assertThat(brief.role()).isEqualTo("coder");
    assertThat(brief.sections())
        .extracting(it -> it.name() + "|" + it.text())
        .containsExactly(
            "|**Role:** coder",
            "DELIVERABLES|- [ ] `thought.txt`",
            "TEST_PROCESS|```bash\ngrep -q x thought.txt\n```",
            "NOTES|Mind the gap.");
  }

  private AgentFiles read(String role) throws IOException {
    write("WORKER_001_Think.md", FILE.replace("ROLE", role));
    return Workforce.read(folder).agents();
  }

  private String findings(String role) throws IOException {
    read(role);
    var workforce = Workforce.read(folder);
    return String.join(
        "\n",
        workforce.agents().findings(workforce.instructions()).stream()
            .map(it -> it.code().text() + ": " + it.message())
            .toList());
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}

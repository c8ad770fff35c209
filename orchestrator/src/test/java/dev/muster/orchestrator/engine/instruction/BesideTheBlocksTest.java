package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands above a block, and around a whole file.
class BesideTheBlocksTest extends Shaped {
  private static final String WORK =
      "```bash\nmkdir -p out; echo done > out/WORKER_007.txt\n```\n\n";
  private static final String OTHER = "\n\n```bash\nrm -rf out\n```";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Do not run:",
        "**Never execute this**",
        "### Cleanup (do not run)",
        "### Rollback",
        "Undo:",
        "### 3. Roll back\n\nWhen it went wrong:",
        "What NOT to do:",
        "For reference, the old way was:",
        "**Cleanup (run manually afterwards):**",
        "<details><summary>If that fails</summary>",
        "### Troubleshooting",
        "Later (not now):",
        "**Rollback procedure:**",
        "### Step 5: Rollback",
        "To undo this step, run:",
        "### Rollback\n\n#### Step 1",
        "**Fallback (if npm is missing):**\n\nThen run:",
        "Only if step 2 fails:",
        "If the build fails, run:",
        "❌ Wrong:",
        "Previously:",
        "### v1 (superseded)",
        "> ⚠️ **Do not run this block**",
        "Ask the user to run:",
        "The user must run this themselves:",
        "失败时：",
        "В случае ошибки:",
        "En cas d’échec :",
        "仅供参考，请勿执行：",
        "لا تنفذ:",
        "Ne pas exécuter :",
        "No ejecutar:",
        "Не запускать:",
        "実行しないでください："
      })
  void aBlockThatIsNotToBeRunIsNotAndThatIsSaid(String label) {
    var instruction = sample().section("EXECUTION", WORK + label + OTHER).compile();

    assertThat(blocks(instruction)).isEqualTo(1);
    assertThat(codes(instruction)).containsExactly(Code.IGNORED_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXECUTION (old, do not use)",
        "EXECUTION - Rollback",
        "EXECUTION: if that fails",
        "~~EXECUTION~~"
      })
  void theHeadingOfTheSectionSaysSoForAllOfIt(String heading) {
    var other = "\n## " + heading + "\n\n### Step 1\n\n```bash\nrm -rf out\n```\n";
    var instruction = compile(sample().text() + other);

    assertThat(blocks(instruction)).isEqualTo(1);
    assertThat(codes(instruction)).contains(Code.IGNORED_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Example output:",
        "You should see:",
        "Directory layout:",
        "Create `requirements.txt`:",
        "Contents of `Makefile`:"
      })
  void whatIsNoScriptIsNotRun(String label) {
    var output = WORK + label + "\n\n```\ndone\n```";
    var instruction = sample().section("EXECUTION", output).compile();

    assertThat(blocks(instruction)).isEqualTo(1);
    assertThat(codes(instruction)).containsExactly(Code.IGNORED_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"# DO NOT RUN", "#!/bin/bash\n# Rollback (only if that failed)"})
  void aScriptMaySaySoItself(String comment) {
    var block = "Then:\n\n```bash\n" + comment + "\nrm -rf out\n```";
    var instruction = sample().section("EXECUTION", WORK + block).compile();

    assertThat(blocks(instruction)).isEqualTo(1);
    assertThat(codes(instruction)).containsExactly(Code.IGNORED_BLOCK);
  }

  @Test
  void aScriptThatWritesTheFileAboveItIsOne() {
    var block = "Create `out/a.sh` with:\n\n```bash\ncat > out/a.sh <<'X'\necho\nX\n```";
    var instruction = sample().section("EXECUTION", WORK + block).compile();

    assertThat(blocks(instruction)).isEqualTo(2);
    assertThat(codes(instruction)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "or",
        "Alternatively:",
        "### Optional",
        "On macOS:",
        "=== \"macOS\"",
        "<TabItem value=\"mac\">",
        "Do not run this twice on one day:",
        "### Option B",
        "### macOS",
        "⚠️ DANGER — never execute in production:",
        "(Real run, needs sign-off by ops:)",
        "Skip this step on CI:",
        "### Step 3 (Optional): Clean up",
        "If out/ exists already:",
        "Using Docker (alternative)",
        "**`clean.sh`**",
        "可选：",
        "Before:"
      })
  void aBlockThatMayBeAnotherWayIsRunAndThatIsSaid(String label) {
    var instruction = sample().section("EXECUTION", WORK + label + OTHER).compile();

    assertThat(blocks(instruction)).isEqualTo(2);
    assertThat(codes(instruction)).containsExactly(Code.UNCLEAR_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"This must fail:", "Before (should fail):", "Optional:", "Do not run:"})
  void aTestThatMayBeNoneIsRunAndThatIsSaid(String label) {
    var tests = label + "\n\n```bash\ntest -f out/b.txt\n```";
    var instruction = sample().section("TEST_PROCESS", tests).compile();

    assertThat(requireNonNull(instruction.compiled()).tests()).hasSize(1);
    assertThat(codes(instruction)).containsExactly(Code.UNCLEAR_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Then clean up:",
        "### Step 2: run it",
        "Fall back to the defaults:",
        "Revert commit 12:",
        "### Users",
        "Never mind the warning.",
        "For each:"
      })
  void otherWordsSayNothing(String label) {
    var instruction = sample().section("EXECUTION", WORK + label + OTHER).compile();

    assertThat(blocks(instruction)).isEqualTo(2);
    assertThat(codes(instruction)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> ```bash\n> make\n> ```",
        "<pre><code>\nmake\n</code></pre>",
        "Then:\n\n    make",
        "{code:bash}\nmake\n{code}"
      })
  void whatLooksLikeABlockBesideOneIsSaid(String block) {
    var instruction = sample().section("EXECUTION", WORK + block).compile();

    assertThat(blocks(instruction)).isEqualTo(1);
    assertThat(codes(instruction)).containsExactly(Code.IGNORED_BLOCK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEST=out          | rm -rf \"$DEST\"/*          | is only known",
        "build() { true; } | build                      | is only known",
        "cd app            | make                       | `cd app`",
        "mkdir a && cd a   | pwd                        | `cd a`",
        "serve &           | curl localhost             | begun with &",
        "DEST=out          | DEST=b; ls $DEST ${X:-$UID} |",
        "cd app            | cd app && make             |",
        "cd app            | cmp app/a b                |",
        "serve & kill $!   | curl localhost             |",
        "X=1 make          | echo $X                    |"
      })
  void whatABlockLeavesInItsShellIsGoneInTheNext(String first, String next, String said) {
    var both = "```bash\n" + first + "\n```\n\n```bash\n" + next + "\n```\n\n" + WORK;
    var instruction = sample().section("EXECUTION", both).compile();

    if (said == null) assertThat(codes(instruction)).isEmpty();
    else
      assertThat(instruction.findings())
          .singleElement()
          .satisfies(it -> assertThat(it.message()).contains(said, "begins anew"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"It needs approval (operation: config_change).\n\n", ""})
  void anOperationInWordsIsSaidToDeclareNothing(String words) {
    var comment = words.isEmpty() ? "# operation=config_change writes=\"conf\"\n" : "";
    var block = words + "```bash\n" + comment + "echo done\n```";
    var instruction = sample().section("EXECUTION", block).compile();

    assertThat(codes(instruction)).containsExactly(Code.IGNORED_ATTRIBUTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"````markdown", "~~~md", "```markdown", "```"})
  void aFileInOneFenceIsReadAsIfItWereNot(String fence) {
    var end = fence.replaceAll("[a-z]", "");
    var text =
        "Here is the file:\n\n" + fence + "\n" + sample().text() + "\n" + end + "\n\nDone!\n";
    var instruction = compile(text);

    assertThat(codes(instruction)).containsExactly(Code.OUTER_FENCE);
    assertThat(instruction.placement().wave()).isEqualTo(4);
    assertThat(blocks(instruction)).isEqualTo(1);
  }

  @Test
  void executionWithinAPointIsSaidNotToBeRead() {
    var nested = "- Rollback: none\n- Escalation: none\n\n### EXECUTION\n\n" + WORK;
    var instruction = compile(sample().without("EXECUTION").section("MITIGATION", nested).text());

    assertThat(blocks(instruction)).isZero();
    assertThat(codes(instruction)).contains(Code.MISSPELT_NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"- Priority: 3", "**Priority:** P3", "- Wave: 3"})
  void aPriorityInAnotherSectionIsSaidNotToBeRead(String line) {
    var text =
        Sample.of(7)
            .withoutMetadata("Priority")
            .section("TASK_CLASSIFICATION", "- **Type:** MECHANICAL\n" + line)
            .text();
    var findings = compile(text).findings();

    assertThat(findings).extracting(Finding::code).containsExactly(Code.NO_PRIORITY);
    assertThat(findings.getFirst().message()).startsWith("the priority in line ");
  }

  private static int blocks(Instruction instruction) {
    return requireNonNull(instruction.compiled()).blocks().size();
  }
}

package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptFenceTest {
  private static final String WRITES_MARKDOWN =
      """
      cat > want.txt <<'MD'
      ```sh
      right
      ```
      MD
      cmp want.txt a.txt
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        WRITES_MARKDOWN,
        "cat > a <<MD\n```\nplain\n```\n\n## 7. A HEADING\n```json\n{}\n```\nMD\ntest -s a\n",
        "cat > a <<'A'\n```json\nA\ncat b >> a\ncat >> a <<'B'\n```\nB\ntest -s a\n",
        "x=$(cat <<MD\n```\nit's\n```\nMD\n)\ntest -n \"$x\"\n",
        "cat <<-MD > a\n\t```\n\tx\n\t```\n\tMD\ntest -s a\n",
        "python3 -c '\ndoc = \"\"\"\n```sh\nls\n```\n\"\"\"\n'\ntest -s a\n",
        "printf '%s' \"\n```\nx\n```\n\" > a\ntest -s a\n",
        "printf '%s' '\n```\n' > a\ntest -s a\n",
        "# it's a comment\ntest -s a\n"
      })
  void aFenceInsideAHereDocumentOrAQuoteDoesNotEndTheScript(String script) {
    for (var info : List.of("bash", "sh", "")) {
      assertThat(tests("```" + info + "\n" + script + "```\nLater.\n\n```bash\ntrue\n```"))
          .as(info)
          .containsExactly(script, "true\n");
    }
    assertThat(blocks("```\n" + script + "```")).containsExactly(script);
  }

  @Test
  void itIsTheSameInAListAndWithOtherMarks() {
    var indented = WRITES_MARKDOWN.indent(2);
    assertThat(tests("- Step:\n  ```bash\n" + indented + "  ```")).containsExactly(WRITES_MARKDOWN);
    assertThat(tests("````bash\n" + WRITES_MARKDOWN + "````")).containsExactly(WRITES_MARKDOWN);
    assertThat(tests("~~~bash\n" + WRITES_MARKDOWN + "~~~")).containsExactly(WRITES_MARKDOWN);
    assertThat(tests("~~~bash\n" + WRITES_MARKDOWN.replace("```", "~~~") + "~~~"))
        .containsExactly(WRITES_MARKDOWN.replace("```", "~~~"));
  }

  @Test
  void aLongerFenceHoldsWholeInstructionFiles() {
    var script = "test -s a\n: '\n## 6. TEST_PROCESS\n```bash\ntrue\n```\n'\n";

    assertThat(tests("````bash\n" + script + "````")).containsExactly(script);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```bash\ncat > a <<MD\nx\n```\nProse that isn't code.\n\n```bash\ncat <<MD\ny\nMD\n```",
        "```bash\necho it's\n```\nProse that isn't code.\n\n```bash\ntest -s b\n```",
        "```bash\necho it's\n```\nThat's all.\n\n```bash\necho it\\'s\n```\nIt's\n\n```\ntrue\n```",
        "```bash\necho \"a\n```\n\n```bash\necho \"b\"\n```",
        "```bash\ncat > a <<MD\nx\n MD\ncmp a b\n```",
      })
  void aSlipOfThePenDoesNotSwallowWhatFollowsAndMakesTheFileUnusable(String section) {
    var instruction = Sample.of(1).section("TEST_PROCESS", section).compile();

    assertThat(instruction.compiled()).isNull();
    assertThat(instruction.findings())
        .filteredOn(finding -> finding.code() == Code.INVALID_SCRIPT)
        .isNotEmpty()
        .first()
        .satisfies(finding -> assertThat(finding.line()).isEqualTo(line(section)));
  }

  @Test
  void whatIsCutInExecutionIsAnErrorToo() {
    var instruction =
        Sample.of(1).section("EXECUTION", "```bash\ntrue\ncat > a <<EOF\nx\n```").compile();

    assertThat(instruction.compiled()).isNull();
    assertThat(instruction.findings()).extracting(Finding::code).contains(Code.INVALID_SCRIPT);
  }

  @Test
  void aBlockWithoutALanguageIsRunAndOthersAreFindings() {
    var sample =
        Sample.of(1)
            .section(
                "EXECUTION",
                "```\necho a\n```\n```sh\necho b\n```\n```shell\necho c\n```\n"
                    + "```zsh\necho d\n```\n```console\n$ echo e\n```\n```text\nf\n```");
    var instruction = sample.compile();

    assertThat(blocks(instruction)).containsExactly("echo a\n", "echo b\n", "echo c\n");
    assertThat(instruction.findings())
        .filteredOn(finding -> finding.code() == Code.IGNORED_BLOCK)
        .extracting(Finding::message)
        .satisfiesExactly(
            it -> assertThat(it).contains("'zsh'"),
            it -> assertThat(it).contains("'console'"),
            it -> assertThat(it).contains("'text'"));
  }

  @Test
  void withoutAnyBlockThatCanBeRunTheReasonIsKept() {
    assertThat(whyNone("```python\nprint()\n```\n```yaml\na: b\n```"))
        .isEqualTo(
            "its EXECUTION holds only blocks that are not run, marked python, yaml"
                + " (WORKER_001_Sample.md:77)");
    assertThat(whyNone("Run make.")).startsWith("its EXECUTION holds no fenced block");
    assertThat(whyNone("```bash\n\n```")).startsWith("its EXECUTION holds no command");
  }

  @Test
  @Timeout(180)
  void manyOpenScriptsCostLittle() {
    var text = new StringBuilder("# Worker 1\n## EXECUTION\n");
    for (var n = 0; n < 20_000; n++) text.append("```sh\ncat <<W").append(n).append("\n```\n");

    var instruction = InstructionCompiler.compile("WORKER_001.md", text.toString(), "d");

    assertThat(instruction.compiled()).isNull();
  }

  private static String whyNone(String execution) {
    var compiled = Sample.of(1).section("EXECUTION", execution).compile().compiled();
    return String.valueOf(compiled == null ? null : compiled.noBlocks());
  }

  /// The first line of the first script.
  private static int line(String section) {
    var text = Sample.of(1).section("TEST_PROCESS", section).text();
    return (int) text.substring(0, text.indexOf("```bash")).lines().count() + 2;
  }

  private static List<String> tests(String section) {
    var compiled = Sample.of(1).section("TEST_PROCESS", section).compile().compiled();
    if (compiled == null) throw new AssertionError("unusable: " + section);
    return compiled.tests().stream().map(Script::text).toList();
  }

  private static List<String> blocks(String section) {
    return blocks(Sample.of(1).section("EXECUTION", section).compile());
  }

  private static List<String> blocks(Instruction instruction) {
    var compiled = instruction.compiled();
    if (compiled == null) throw new AssertionError(instruction.findings().toString());
    return compiled.blocks().stream().map(Block::script).toList();
  }
}

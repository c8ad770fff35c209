package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionCompilerTest {
  @Test
  void aCompleteFileBecomesAWorker() {
    assertThat(compiled(Sample.of(7)))
        .isEqualTo(
            new WorkerInstruction(
                "WORKER_007",
                "Sample",
                "0".repeat(64),
                TaskType.MECHANICAL,
                List.of(new Block(1, "mkdir -p out\necho done > out/WORKER_007.txt\n", null)),
                List.of(new Script(1, "test -s out/WORKER_007.txt\n", false)),
                List.of("out/WORKER_007.txt"),
                null,
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                "{\"status\": \"pass|fail\"}",
                "sample",
                null,
                List.of(),
                "the degradation limit, WORKER_007_Sample.md:73",
                null,
                null));
  }

  @Test
  void an_instruction_without_execution_says_what_its_agent_needs_to_know() {
    var text =
        """
        # Worker 001: Sample

        **LLM Provider:** ollama
        **Role:** coder

        ## 3. BOUNDARIES

        - **CAN create:** `a.py`
        - **CANNOT modify:** anything else

        ## 8. TASK_CLASSIFICATION

        - **Type:** CREATIVE
        - **Tool:** OPENAI
        """;
    var compiled = InstructionCompiler.compile("WORKER_001_x.md", text, "0".repeat(64)).compiled();
    assertThat(Objects.requireNonNull(compiled).brief())
        .isEqualTo(
            new Brief(
                "**Type:** CREATIVE\n**Tool:** OPENAI",
                "ollama",
                "coder",
                List.of("**CAN create:** `a.py`", "**CANNOT modify:** anything else"),
                List.of(
                    new Brief.Section("", "**LLM Provider:** ollama\n**Role:** coder"),
                    new Brief.Section(
                        "BOUNDARIES",
                        "- **CAN create:** `a.py`\n- **CANNOT modify:** anything else"),
                    new Brief.Section(
                        "TASK_CLASSIFICATION", "- **Type:** CREATIVE\n- **Tool:** OPENAI"))));
  }

  @Test
  void anOperationIsTakenFromTheInfoString() {
    var block =
        onlyBlock(
            "bash operation=production_deploy writes=\"../site a/b\" network=true inputs='x.html'"
                + " check=\"test \\\"$A\\\" = 'b \\\\ c'\" why='so that it is  seen'");

    var operation = requireNonNull(block.operation());
    assertThat(operation.kind()).isEqualTo("production_deploy");
    assertThat(operation.risk()).isEqualTo(Risk.ADMIN);
    assertThat(operation.writes()).containsExactly("../site", "a/b");
    assertThat(operation.network()).isTrue();
    assertThat(operation.inputs()).containsExactly("x.html");
    assertThat(operation.check()).isEqualTo("test \"$A\" = 'b \\ c'");
    assertThat(operation.why()).isEqualTo("so that it is seen");
  }

  @ParameterizedTest
  @CsvSource({
    "bash writes=site,file_write,WRITE",
    "bash network=true,network,WRITE",
    "sh writes=site network=true,file_write,WRITE",
    "bash operation=read,read,READ_ONLY",
    "bash operation=read writes=x,read,WRITE",
    "bash operation=fly,fly,ADMIN",
    "shell operation=directory_delete,directory_delete,ADMIN"
  })
  void effectsWithoutAKindStillAskAndNoKindLowersTheRisk(String info, String kind, Risk risk) {
    var operation = requireNonNull(onlyBlock(info).operation());

    assertThat(operation.kind()).isEqualTo(kind);
    assertThat(operation.risk()).isEqualTo(risk);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash opertion=file_delete",
        "bash operation",
        "bash operation=",
        "bash operation=File-Delete",
        "bash operation=a operation=b",
        "bash operation=x writes=\"a",
        "bash operation=x writes=\"a\"b",
        "bash operation=x writes=/etc",
        "bash operation=x writes=~/x",
        "bash operation=x writes=$HOME",
        "bash operation=x inputs=../x",
        "bash operation=x network=yes",
        "bash operation=x check=\"\"",
        "bash check=\"test -f x\"",
        "bash inputs=x",
        "operation=file_delete",
        "python operation=file_delete",
        "bash {operation=x}"
      })
  void aDoubtfulOperationMakesTheFileUnusable(String info) {
    var instruction = withBlock(info).compile();

    assertThat(instruction.findings()).extracting(Finding::code).contains(Code.INVALID_OPERATION);
    assertThat(instruction.compiled()).isNull();
  }

  @Test
  void noBlockIsLostWhenExecutionStandsTwice() {
    var sample = Sample.of(1).section("Execution", "```bash operation=read\nls\n```");

    assertThat(compiled(sample).blocks()).hasSize(2);
    assertThat(sample.compile().findings())
        .extracting(Finding::code)
        .containsExactly(Code.DUPLICATE_POINT);
  }

  @Test
  void nothingAFileSaysCanCommandATerminal() {
    var sample =
        Sample.of(1).heading("# Worker 001: \u001B[2JX").metadata("Priority", "\u001B]0;x\u0007");

    assertThat(sample.compile().title()).isEqualTo("[2JX");
    assertThat(sample.compile().findings())
        .allSatisfy(finding -> assertThat(finding.message()).doesNotContain("\u001B"));
  }

  @Test
  void aCommentedBlockIsNotRun() {
    var sample =
        Sample.of(1).section("EXECUTION", "<!--\n```bash\nrm -rf x\n```\n-->\n```bash\ntrue\n```");

    assertThat(compiled(sample).blocks()).extracting(Block::script).containsExactly("true\n");
  }

  @Test
  void anUnclosedFenceEndsAtTheNextNumberedHeading() {
    var text = Sample.of(1).section("TEST_PROCESS", "```bash\ntest -f a\n## note\ntrue").text();

    var instruction = InstructionCompiler.compile("WORKER_001_X.md", text, "d");

    assertThat(FileReport.missing(instruction)).isEmpty();
    assertThat(requireNonNull(instruction.compiled()).tests().getFirst().text())
        .isEqualTo("test -f a\n## note\ntrue\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r"})
  void lineEndingsAndByteOrderMarksMakeNoDifference(String ending) {
    var text = Sample.of(1).text();

    var other =
        InstructionCompiler.compile(
            "WORKER_001_Sample.md", "\uFEFF" + text.replace("\n", ending), "0".repeat(64));

    assertThat(other).isEqualTo(Sample.of(1).compile());
  }

  @ParameterizedTest
  @CsvSource({
    "WORKER_001_A_Title.md,'# Worker 1: Other',WORKER_001,Other",
    "WORKER_001_A_Title.md,'# WORKER_001',WORKER_001,A Title",
    "WORKER_001_A_Title.md,'',WORKER_001,A Title",
    "worker_12.md,'# Worker 12 - Dash',WORKER_12,Dash",
    "notes.md,'# WORKER_055: Named inside',WORKER_055,Named inside",
    "WORKER_1234567890_Long.md,'# Worker 3: X',WORKER_3,X"
  })
  void theNameGivesTheIdAndTheHeadingTheTitle(
      String file, String heading, String id, String title) {
    var instruction =
        InstructionCompiler.compile(file, heading + "\n\n## 1. DELIVERABLES\n- `a.txt`\n", "d");

    assertThat(instruction.id()).isEqualTo(id);
    assertThat(instruction.title()).isEqualTo(title);
  }

  @Test
  void headingsAreKnownByNameWhateverTheirNumber() {
    var text =
        """
        # Worker 001: X
        ## DELIVERABLES
        - `a.txt`
        ## 99) Success Criteria
        - a
        ## 📦 3. boundaries (what may change)
        - CAN all
        ## 4: DEPENDENCIES - none
        none
        ##5. MITIGATION
        - undo
        ## **6. TEST_PROCESS**
        ```bash
        true
        ```
        ## 7 & 8: TEST_RESULTS_FORMAT and TASK_CLASSIFICATION
        - x
        """;

    var instruction = InstructionCompiler.compile("WORKER_001.md", text, "d");

    assertThat(FileReport.missing(instruction))
        .containsExactly(
            Point.TEST_RESULTS_FORMAT,
            Point.TASK_CLASSIFICATION,
            Point.RETROSPECTIVE,
            Point.PERFORMANCE_REQUIREMENTS);
    assertThat(instruction.findings())
        .filteredOn(f -> f.code() == Code.FOLDED_POINTS)
        .singleElement()
        .satisfies(f -> assertThat(f.line()).isEqualTo(16));
  }

  private static WorkerInstruction compiled(Sample sample) {
    var compiled = sample.compile().compiled();
    if (compiled == null) throw new AssertionError(sample.compile().findings().toString());
    return compiled;
  }

  private static Sample withBlock(String info) {
    return Sample.of(1).section("EXECUTION", "```" + info + "\ntrue\n```");
  }

  private static Block onlyBlock(String info) {
    return compiled(withBlock(info)).blocks().getFirst();
  }
}

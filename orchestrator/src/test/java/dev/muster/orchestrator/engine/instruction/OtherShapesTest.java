package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Points in shapes that are no headings, at the end of a file, and either of two: read, or said.
class OtherShapesTest extends Shaped {
  private static final String TEST = "```bash\ntest -s out/WORKER_007.txt\n```\n\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<details>\n<summary>4. DEPENDENCIES</summary>\n\n- WORKER_003\n</details>",
        "<details open><summary><b>Dependencies</b></summary>\n\n- WORKER_003\n\n</details>",
        "Dependencies\n: WORKER_003",
        "DEPENDENCIES\n:   WORKER_003"
      })
  void thePointIsReadInOtherShapes(String point) {
    var instruction =
        compile(sample().without("DEPENDENCIES").section("TEST_PROCESS", TEST + point).text());

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(codes(instruction)).isEmpty();
    assertThat(instruction.tests()).isEqualTo(1);
  }

  @Test
  void whatIsToBeRunIsNotFoldedAway() {
    var folded = "<details><summary>EXECUTION</summary>\n\n```bash\nrm -rf x\n```\n</details>";
    var text = sample().without("EXECUTION").section("RETROSPECTIVE", folded).text();

    assertThat(requireNonNull(compile(text).compiled()).blocks()).isEmpty();
    assertThat(codes(compile(text))).contains(Code.MISSPELT_NAME);
  }

  @Test
  void ofPointsInATableTheDependenciesAreReadAndTheOthersSaid() {
    var table =
        """
        # Worker 007: Sample

        | Point | Content |
        |---|---|
        | Priority | 4 |
        | **4. DEPENDENCIES** | WORKER_003 |
        | 5. MITIGATION | Delete the file |
        """;
    var sample = sample().heading(table).without("DEPENDENCIES").without("MITIGATION");
    var instruction = compile(sample.withoutMetadata("Priority").withoutMetadata("Phase").text());

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(instruction.placement().priority()).isEqualTo(4);
    assertThat(instruction.findings())
        .filteredOn(it -> it.code() == Code.MISSPELT_NAME)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.line()).isEqualTo(7);
          assertThat(it.message()).contains("Delete the file").endsWith("It is not read.");
        });
  }

  @Test
  void aTableInAnotherSectionIsSaidNotToBeRead() {
    var table = "| Point | Content |\n|---|---|\n| DEPENDENCIES | WORKER_003 |";
    var instruction = compile(sample().without("DEPENDENCIES").section("NOTES", table).text());

    assertThat(references(instruction)).isEmpty();
    assertThat(codes(instruction)).contains(Code.MISSPELT_NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\n\n**Priority:** 4\n**Dependencies:** WORKER_003",
        "---\nPriority: 4\nDepends on: WORKER_003",
        "**Priority:** 4\n**Dependencies:** WORKER_003"
      })
  void theEndOfAFileIsRead(String end) {
    var sample = sample().withoutMetadata("Priority").withoutMetadata("Phase");
    var instruction = compile(sample.without("DEPENDENCIES").text() + "\n" + end + "\n");

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(instruction.placement().priority()).isEqualTo(4);
  }

  @Test
  void besideThePointItsEndIsOnlyAMention() {
    var text = sample().text() + "\n---\n\nPriority: 2\nDependencies: WORKER_004\n";
    var instruction = compile(text);

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(instruction.placement().priority()).isEqualTo(4);
    assertThat(codes(instruction)).containsExactly(Code.CONTRADICTION, Code.UNCLEAR_DEPENDENCY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WORKER_003 OR WORKER_004                       | 'WORKER_003 OR WORKER_004'",
        "Depends on: either worker 3 or 4               | '3 or 4'",
        "WORKER_003 (the list), or WORKER_004 is done   | '003 (the list), or WORKER_004'",
        "WORKER_003 oder WORKER_004                     | '003 oder WORKER_004'",
        "or WORKER_003, WORKER_004                      | 'or WORKER_003'"
      })
  void eitherOfTwoIsBothAndSaid(String line, String said) {
    var instruction = compile(sample().dependsOn(line).text());

    assertThat(references(instruction)).hasSize(2);
    assertThat(instruction.findings())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.code()).isEqualTo(Code.UNCLEAR_DEPENDENCY);
          assertThat(it.message())
              .contains(said.replace("'", ""))
              .endsWith("each of them is waited for");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"- `out/a.txt` or `out/b.txt`", "- **`out/a.txt`**, or **`out/b.txt`**"})
  void eitherOfTwoFilesIsBothAndSaid(String item) {
    var instruction = compile(sample().section("DELIVERABLES", item).text());

    assertThat(paths(instruction)).containsExactly("out/a.txt", "out/b.txt");
    assertThat(codes(instruction)).containsExactly(Code.INVALID_DELIVERABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"- `out/a.txt or out/b.txt`", "- out/a.txt or out/b.txt"})
  void eitherOfTwoFilesWrittenAsOneIsSaid(String item) {
    var instruction = compile(sample().section("DELIVERABLES", item).text());

    assertThat(codes(instruction)).isNotEmpty();
  }

  @Test
  void whereOnlyOutputStandsTheFindingSaysWhatToDo() {
    var output = "Expected output:\n\n```\ntest -f out/a.txt\n```";
    var findings = compile(sample().section("TEST_PROCESS", output).text()).findings();

    assertThat(findings)
        .filteredOn(it -> it.code() == Code.NO_TEST)
        .singleElement()
        .satisfies(it -> assertThat(it.fix()).startsWith("Mark the block in line "));
  }

  private static List<String> paths(Instruction instruction) {
    return instruction.deliverables().files().stream().map(Deliverables.Path::path).toList();
  }
}

package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headings as strangers write them: a point all the same, or a finding.
class MessyHeadingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "## Point $1: $2",
        "## Section $1 - $2",
        "$1. **$2**",
        "### $2",
        "## Punkt $1: $2"
      })
  void aHeadingIsThePointItNames(String heading) {
    var text = Sample.of(1).text().replaceAll("(?m)^## (\\d+)\\. ([A-Z_]+)$", heading);

    assertThat(codes(text)).doesNotContain(Code.MISSING_POINT, Code.NO_TEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Part 3: Test process of the old tool", "Section 2 – 2024", "2 – 2024"})
  void aPartOfADocumentIsNoPoint(String heading) {
    var whole = Sample.of(1).without("TEST_PROCESS").without("DEPENDENCIES").text();
    var parsed =
        InstructionParser.parse(
            "WORKER_001.md", whole + "\n## " + heading + "\n\n```bash\nx\n```\n");

    assertThat(parsed.points()).doesNotContainKey(Point.TEST_PROCESS);
    assertThat(parsed.folds()).isEmpty();
  }

  @Test
  void romanNumbersAndLettersAreNumbersToo() {
    var text = Sample.of(1).text().replace("## 4. ", "## IV. ").replace("## 7. ", "## ٧. ");

    assertThat(codes(text)).isEmpty();
  }

  @Test
  void germanNamesAreReadAndItIsSaid() {
    var text =
        Sample.of(1)
            .dependsOn("Siehe oben")
            .metadata("Abhängigkeiten", "WORKER_003")
            .text()
            .replace("DELIVERABLES", "LIEFERGEGENSTÄNDE")
            .replace("DEPENDENCIES", "ABHÄNGIGKEITEN")
            .replace("TEST_PROCESS", "TESTABLAUF");

    var instruction = compile(text);

    assertThat(instruction.dependencies())
        .extracting(Reference::text)
        .containsExactly("WORKER_003");
    assertThat(instruction.deliverables().files()).hasSize(1);
    assertThat(instruction.findings())
        .filteredOn(it -> it.code() == Code.MISSPELT_NAME)
        .hasSize(4)
        .allMatch(it -> it.message().endsWith("It is read as that."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"How to run", "Steps", "Execution Plan"})
  void blocksUnderAnotherHeadingAreSaidNotToBeRun(String heading) {
    var text =
        Sample.of(1).without("EXECUTION").text() + "\n## " + heading + "\n\n```bash\nx\n```\n";

    assertThat(compile(text).findings())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.code()).isEqualTo(Code.IGNORED_BLOCK);
          assertThat(it.message()).contains("'" + heading + "'").contains("an agent carries");
        });
  }

  @Test
  void anExecutionWithoutABlockIsSaidToHoldNothing() {
    var text = Sample.of(1).section("EXECUTION", "Run `make`.\n\n    make\n").text();

    assertThat(codes(text)).containsExactly(Code.IGNORED_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t## 4. DEPENDENCIES",
        "    ## DEPENDENCIES",
        "<h2>4. DEPENDENCIES</h2>",
        "<H3 id=\"deps\"><b>Dependencies</b></H3>"
      })
  void aHeadingInAnotherPlaceOrInHtmlIsThePoint(String heading) {
    var text = Sample.of(1).dependsOn("WORKER_003").text().replace("## 4. DEPENDENCIES", heading);

    assertThat(compile(text).dependencies())
        .extracting(Reference::text)
        .containsExactly("WORKER_003");
    assertThat(codes(text)).doesNotContain(Code.MISSING_POINT);
  }

  @ParameterizedTest
  @CsvSource({
    "'> ## $N', DEPENDENCIES",
    "'>> **$N**', SUCCESS_CRITERIA",
    "'> ## $N', EXECUTION",
    "'\t## $N', EXECUTION",
    "'<h2>$N</h2>', EXECUTION",
  })
  void aHeadingThatIsNotReadIsSaid(String heading, String name) {
    var text =
        Sample.of(1)
            .text()
            .replaceAll("(?m)^## [\\d. ]*" + name + "$", heading.replace("$N", name));

    assertThat(compile(text).findings())
        .filteredOn(it -> it.code() == Code.MISSPELT_NAME)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.message()).contains(name).endsWith("It is not read.");
          assertThat(it.fix()).contains("## " + name);
        });
  }

  @Test
  void aQuoteOfAHeadingThatIsThereIsNoFinding() {
    var text = Sample.of(1).section("NOTES", "> ## 4. DEPENDENCIES\n> - none").text();

    assertThat(codes(text)).isEmpty();
  }

  private static Instruction compile(String text) {
    return InstructionCompiler.compile("WORKER_001_Sample.md", text, "0".repeat(64));
  }

  private static List<Code> codes(String text) {
    return compile(text).findings().stream().map(Finding::code).toList();
  }
}

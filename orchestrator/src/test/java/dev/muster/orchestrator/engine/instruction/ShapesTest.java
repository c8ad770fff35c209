package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One file in the shapes that people and their tools give it: what it says is read in all of them.
/// Its metadata is [FieldShapesTest]'s.
class ShapesTest extends Shaped {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nname: w007\ndescription: writes a file\n---\n\n",
        "---\nname: w007\ntags:\n  - a\n  - b\n# a remark\n---\n",
        "+++\nname = \"w007\"\n+++\n",
        "---\nname: w007\n...\n",
        "\n\n\n",
        "\uFEFF",
        "\uFEFF---\nname: w007\n---\n",
        "<!-- made by hand -->\n",
        "<!-- made\nby hand\n-->\n\n",
        "---\n\n"
      })
  void whatStandsInFrontOfTheHeadingHidesNothing(String front) {
    var plain = sample().compile();

    var instruction = compile(front + sample().text());

    assertThat(instruction.findings()).isEmpty();
    assertThat(instruction.placement()).isEqualTo(plain.placement());
    assertThat(instruction.title()).isEqualTo("Sample");
    assertThat(instruction.score()).isEqualTo(100);
    assertThat(references(instruction)).containsExactly("WORKER_003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# $1. $2",
        "### $1. $2",
        "#### $1. $2",
        "## $1) $2",
        "##$1. $2",
        "##$2",
        "## $1. $2 ##",
        "## $2 #",
        "$1. $2\n-------",
        "$2\n-----",
        "$2\n=====",
        "**$1. $2**",
        "**$2**",
        "__$1. $2__",
        "**$2:**",
        "$2",
        "$2:",
        "$1. $2",
        "## **$1. $2**",
        "## [$1] $2",
        "## $1 - $2",
        "> ## $1. $2"
      })
  void aPointIsReadOrMissedAloudHoweverItsHeadingIsWritten(String heading) {
    var text = sample().text().replaceAll("(?m)^## (\\d+)\\. ([A-Z_]+)$", heading);

    var instruction = compile(text);

    var lost = codes(instruction).contains(Code.MISSING_POINT);
    assertThat(lost).as("quoted headings are text").isEqualTo(heading.startsWith(">"));
    if (!lost) assertThat(references(instruction)).containsExactly("WORKER_003");
  }

  @Test
  void oneHeadingOfAnotherKindIsReadAmongTheRest() {
    var text = sample().text().replace("## 4. DEPENDENCIES", "### 4. DEPENDENCIES");

    assertThat(references(compile(text))).containsExactly("WORKER_003");
    assertThat(codes(compile(text))).isEmpty();
  }

  @Test
  void aSubheadingOfTheSameNameStaysWhatItIs() {
    var text =
        sample()
            .section("MITIGATION", "- **Rollback:** no\n\n### Dependencies\n- WORKER_001")
            .text();

    assertThat(references(compile(text))).containsExactly("WORKER_003");
  }

  @Test
  void whatASubheadingCallsExecutionIsNotRun() {
    var text =
        sample()
            .without("EXECUTION")
            .section("NOTES", "### EXECUTION\n```bash\nrm -rf x\n```")
            .text();

    assertThat(requireNonNull(compile(text).compiled()).blocks()).isEmpty();
  }

  @Test
  void aFileThatWritesAllWithThreeSignsKeepsItsExecution() {
    var text = sample().text().replaceAll("(?m)^## ", "### ");

    assertThat(requireNonNull(compile(text).compiled()).blocks()).hasSize(1);
  }

  @Test
  void aTitleMayBeUnderlinedOrClosed() {
    assertThat(compile(sample().heading("Worker 007: Sample\n==================").text()))
        .isEqualTo(compile(sample().heading("# Worker 007: Sample\n").text()));
    assertThat(compile(sample().heading("# Worker 007: Sample ##").text()).title())
        .isEqualTo("Sample");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPENDENCY,DEPENDENCIES", "DEPENDANCIES,DEPENDENCIES", "DELIVERABLE,DELIVERABLES",
    "TEST_PROCES,TEST_PROCESS", "SUCCES_CRITERIA,SUCCESS_CRITERIA", "BOUNDARY,BOUNDARIES",
    "MITIGATIONS,MITIGATION", "PERFORMANCE_REQUIREMENT,PERFORMANCE_REQUIREMENTS"
  })
  void aHeadingThatIsNearlyRightIsReadAndReported(String written, String meant) {
    var text = sample().text().replace(". " + meant, ". " + written);

    var instruction = compile(text);

    assertThat(instruction.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(Code.MISSPELT_NAME);
          assertThat(finding.message()).contains("did you mean '" + meant + "'");
        });
    assertThat(instruction.score()).isEqualTo(100);
    assertThat(references(instruction)).containsExactly("WORKER_003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOTES", "DEPENDENTS", "RISK_ASSESSMENT", "QUALITY_METRICS", "APPENDIX"})
  void anotherNameIsLeftAlone(String name) {
    assertThat(codes(compile(sample().section(name, "Text.").text()))).isEmpty();
  }

  @Test
  void whatIsNearlyExecutionIsReportedAndNotRun() {
    var text = sample().text().replace("EXECUTION", "EXECUTON");

    assertThat(codes(compile(text))).containsExactly(Code.MISSPELT_NAME);
    assertThat(requireNonNull(compile(text).compiled()).blocks()).isEmpty();
  }

  @Test
  void aCommentInALineHidesOnlyItself() {
    var text =
        sample()
            .section("DELIVERABLES", "- [ ] `a.txt` <!-- not `b.txt` -->: made\n- `<!--` `c.txt`");

    assertThat(compile(text.text()).deliverables().files())
        .extracting(Deliverables.Path::path)
        .contains("a.txt", "c.txt")
        .doesNotContain("b.txt");
  }
}

package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fields of a file, in front matter and in its text, in the shapes that people give them.
class FieldShapesTest extends Shaped {
  @Test
  void frontMatterIsTakenWhereTheTextSaysNothing() {
    var text = sample().withoutMetadata("Priority").withoutMetadata("Phase").text();

    var instruction =
        compile(
            "---\npriority: P3\nphase: 2.1\ndependencies:\n  - 1\n  - WORKER_002\n---\n" + text);

    assertThat(instruction.placement().wave()).isEqualTo(3);
    assertThat(requireNonNull(instruction.placement().phase()).number()).isEqualTo("2.1");
    assertThat(references(instruction)).containsExactly("WORKER_1", "WORKER_002", "WORKER_003");
  }

  @Test
  void frontMatterGivesIdAndTitleToAFileWithoutAHeading() {
    var text = sample().heading("").text();

    var instruction =
        InstructionCompiler.compile(
            "notes.md", "---\nid: WORKER_007\ntitle: \"From above\"\n---\n" + text, "d");

    assertThat(instruction.id()).isEqualTo("WORKER_007");
    assertThat(instruction.title()).isEqualTo("From above");
  }

  @ParameterizedTest
  @CsvSource({
    "depends_on,[1]",
    "depends-on,WORKER_001",
    "requires,'WORKER_001, WORKER_002'",
    "needs,'[001]'"
  })
  void frontMatterMaySayItInOtherWords(String key, String value) {
    var instruction = compile("---\n" + key + ": " + value + "\n---\n" + sample().text());

    assertThat(references(instruction)).hasSizeGreaterThan(1).contains("WORKER_003");
  }

  @Test
  void whoIsAwaitedIsReadInEveryFieldThatSaysSo() {
    var text = sample().text().replace("**Phase", "**Dependencies:** WORKER_001\n**Phase");
    var twice = text.replace("**Phase", "**Dependencies:** WORKER_002\n**Phase");

    assertThat(references(compile(twice))).contains("WORKER_001", "WORKER_002", "WORKER_003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\ndepends_on: WORKER_001\ndepends_on: WORKER_002\n---\n# Worker 007: S",
        "{\"priority\": 3, \"dependencies\": [\"WORKER_001\", \"WORKER_002\"]}\n\n# Worker 007: S",
        "# Worker 007: S\n\n```\nDependencies: WORKER_001, WORKER_002\n```",
        "# Worker 007: S\n\n## DEPENDENCIES: WORKER_001, WORKER_002",
        "# Worker 007: S\n\n## Dependencies (WORKER_001, WORKER_002)"
      })
  void whoIsAwaitedIsReadWhereOthersPutIt(String heading) {
    var instruction = compile(sample().heading(heading).text());

    assertThat(references(instruction)).contains("WORKER_001", "WORKER_002", "WORKER_003");
  }

  @Test
  void twoPrioritiesOfFrontMatterAreNone() {
    var text = sample().withoutMetadata("Priority").text();

    assertThat(codes(compile("---\npriority: 2\npriority: 3\n---\n" + text)))
        .containsExactly(Code.INVALID_PRIORITY);
  }

  @Test
  void whoIsAwaitedUnderAFoldedHeadingIsSaid() {
    var text = sample().without("DEPENDENCIES").section("4-5. [Rest]", "- WORKER_003").text();

    assertThat(codes(compile(text))).contains(Code.FOLDED_POINTS, Code.UNCLEAR_DEPENDENCY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Worker 007: Sample (Priority 3)",
        "# Worker 007 [P3] Sample",
        "# Worker 007: Sample\n\n## Priority: 3",
        "# Worker 007: Sample\n\n## Wave\n\n3"
      })
  void aPriorityInAHeadingIsSaidNotToBeRead(String heading) {
    var text = sample().withoutMetadata("Priority").heading(heading).text();

    assertThat(compile(text).findings())
        .filteredOn(finding -> finding.code() == Code.NO_PRIORITY)
        .singleElement()
        .asString()
        .contains("is not read there: ");
  }

  @Test
  void aPriorityBehindTheLastRuleCountsBesideAPhase() {
    var text = sample().withoutMetadata("Priority").text() + "\n---\n\n**Priority:** 2\n";

    assertThat(compile(text).placement().wave()).isEqualTo(2);
    assertThat(codes(compile(sample().text() + "\n---\n\n**Priority:** 2\n")))
        .containsExactly(Code.CONTRADICTION);
  }

  @Test
  void frontMatterThatSaysAnotherPriorityIsReported() {
    var instruction = compile("---\npriority: 1\n---\n" + sample().text());

    assertThat(instruction.placement().wave()).isEqualTo(4);
    assertThat(codes(instruction)).containsExactly(Code.CONTRADICTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "**Priority:** 4",
        "**Priority**: 4",
        "__Priority:__ 4",
        "Priority: 4",
        "*Priority:* 4",
        "- **Priority:** 4",
        "- Priority: 4",
        "> **Priority:** 4",
        "**Date:** x | **Priority:** 4",
        "**Date:** x  **Priority:** 4",
        "**Priority:** **4**",
        "**Priority:** `4`",
        "| Priority | 4 |",
        "| **Priority** | 4 |",
        "**priority:** 4",
        "**PRIORITY:** P4",
        "**Priority:** 4 (low)",
        "**Priority:** 4 - later",
        "**Priority:** Wave 4",
        "**Priority:** wave-4",
        "**Priority:** #4",
        "**Priority:** 4/5",
        "**Priority:** 04",
        "**Priority:** ４",
        "---\n**Priority:** 4",
        "**Prioriy:** 4",
        "**Prority:** 4",
        "Priority = 4"
      })
  void aFieldIsReadHoweverItIsWritten(String line) {
    var text = sample().withoutMetadata("Priority").withoutMetadata("Phase").text();

    var instruction =
        compile(
            text.replaceFirst("(?m)^\\*\\*Duration", Matcher.quoteReplacement(line) + "\n\n$0"));

    assertThat(instruction.placement().priority()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "6", "12", "High", "soon", "1.5", "1-2", "1 or 2", "-1", "P9", "1,2", ""})
  void whatIsNoPriorityIsReported(String value) {
    var instruction = compile(sample().metadata("Priority", value).text());

    assertThat(instruction.placement().priority()).isNull();
    assertThat(codes(instruction)).contains(Code.INVALID_PRIORITY);
  }

  @ParameterizedTest
  @CsvSource({
    "**Dependencies:** WORKER_001 and 002,2",
    "**Depends on:** WORKER_001,1",
    "**Depends on:** 001,1",
    "**Previous worker:** WORKER_001,1",
    "**Blocked by:** WORKER_001,1",
    "Dependencies: WORKER_001,1",
    "**Dependency:** WORKER_001,1",
    "**Depedencies:** WORKER_001,1",
    "**Dependencies:**\\n- WORKER_001\\n- WORKER_002,2",
    "**Dependencies:**\\n\\n- WORKER_001,1",
    "**Blocks:** WORKER_001,0",
    "**Dependencies:** None,0",
    "**Dependencies:** Phase 1 complete,1"
  })
  void whatTheFieldsSayOfDependenciesCounts(String line, int count) {
    var text = sample().without("DEPENDENCIES").text();
    var lines = Matcher.quoteReplacement(line.replace("\\n", "\n"));

    assertThat(compile(text.replaceFirst("(?m)^\\*\\*Duration", lines + "\n\n$0")).dependencies())
        .hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "Enviroment,Environment",
    "Dependancies,Dependencies",
    "Duraton,Duration",
    "Label,Labels"
  })
  void aFieldThatIsNearlyRightIsReported(String written, String meant) {
    var instruction = compile(sample().metadata(written, "x").text());

    assertThat(instruction.findings())
        .filteredOn(finding -> finding.code() == Code.MISSPELT_NAME)
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("did you mean '" + meant + "'"));
  }

  @ParameterizedTest
  @CsvSource({
    "'1,500 ms',PT1.5S",
    "PT5M,PT5M",
    "½ hour,PT30M",
    "2 h 30 min,PT2H30M",
    "20,",
    "soon,"
  })
  void aDurationIsReadOrReported(String value, @Nullable Duration expected) {
    var instruction = compile(sample().metadata("Duration", value).text());

    assertThat(codes(instruction).contains(Code.INVALID_DURATION)).isEqualTo(expected == null);
    if (expected != null) {
      assertThat(requireNonNull(instruction.compiled()).estimate()).isEqualTo(expected);
    }
  }

  @Test
  void aLimitWithoutAUnitIsReported() {
    var text = sample().section("PERFORMANCE_REQUIREMENTS", "- Fast\n- Degradation limit: >90");

    assertThat(codes(compile(text.text()))).containsExactly(Code.INVALID_LIMIT);
  }
}

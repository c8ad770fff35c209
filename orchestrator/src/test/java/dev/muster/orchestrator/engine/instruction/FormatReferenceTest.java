package dev.muster.orchestrator.engine.instruction;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.Risk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `ops/docs/ten-point.md` says neither more nor less than the code does.
class FormatReferenceTest {
  private String text = "";

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(Path.of("..", "ops", "docs", "ten-point.md"));
  }

  @Test
  void everyFindingHasASectionWithItsSeverity() {
    var documented =
        Pattern.compile("(?m)^### (\\S+)\\n\\*(\\w+)\\*: \\S.*")
            .matcher(text)
            .results()
            .collect(toMap(m -> m.group(1), m -> m.group(2)));

    assertThat(documented)
        .isEqualTo(
            Arrays.stream(Code.values())
                .collect(toMap(Code::text, c -> c.severity().name().toLowerCase(Locale.ROOT))));
  }

  @Test
  void everyPointStandsInTheTable() {
    for (var point : Point.values()) {
      assertThat(text).contains("| " + point.number() + " `" + point + "` |");
    }
  }

  @Test
  void everyFenceAttributeIsExplainedAndNoOther() {
    var documented = first(Pattern.compile("(?m)^\\| `(\\w+)=` \\| "));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(Blocks.ATTRIBUTES);
    assertThat(FenceInfo.SHELLS).allSatisfy(it -> assertThat(text).contains("`" + it + "`"));
  }

  @Test
  void everyKindOfOperationHasItsRiskAndSaysWhoAnswers() {
    var rows =
        Pattern.compile("(?m)^\\| (`[a-z_`, ]+`) \\| (READ_ONLY|WRITE|ADMIN)\\b.* \\| (\\w+) \\|$")
            .matcher(text)
            .results()
            .toList();

    assertThat(rows.stream().flatMap(row -> kinds(row).stream()))
        .containsExactlyInAnyOrderElementsOf(OperationKinds.all());
    for (var row : rows) {
      for (var kind : kinds(row)) {
        assertThat(OperationKinds.riskOf(kind, false, false)).isEqualTo(Risk.valueOf(row.group(2)));
        assertThat(OperationKinds.alwaysGated(kind)).isEqualTo(row.group(3).equals("asks"));
      }
    }
  }

  @Test
  void limitsAreThoseOfTheCode() {
    assertThat(text)
        .contains(
            TimeLimit.ESTIMATE_FACTOR
                + " times the estimate, at least "
                + TimeLimit.ESTIMATE_FLOOR.toMinutes()
                + " minutes")
        .contains("else " + TimeLimit.DEFAULT.toMinutes() + " minutes")
        .contains(
            "at least "
                + TimeLimit.MIN.toSeconds()
                + " second and at most "
                + TimeLimit.MAX.toHours()
                + " hours")
        .contains("passes with " + Linter.MIN_SCORE_DEFAULT + " of 100")
        .contains("A file: " + (InstructionFiles.FILE_BYTES_MAX >> 20) + " MiB")
        .contains(
            "%,d files, %d MiB, %d levels"
                .formatted(
                    InstructionFiles.FILES_MAX,
                    InstructionFiles.WORKFORCE_BYTES_MAX >> 20,
                    InstructionFiles.DEPTH_MAX))
        .contains("%,d characters".formatted(MarkdownScanner.LINE_CHARS_MAX))
        .contains("%,d deliverables".formatted(DeliverablesReader.FILES_MAX))
        .contains("range: %,d workers".formatted(DependencyReader.RANGE_MAX));
  }

  @Test
  void everyLinkLeadsToAHeading() {
    var headings =
        Pattern.compile("(?m)^#{2,3} (.+)$")
            .matcher(text)
            .results()
            .map(m -> m.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
            .collect(toSet());

    assertThat(headings).containsAll(first(Pattern.compile("]\\(#([\\w-]+)\\)")));
  }

  private List<String> first(Pattern pattern) {
    return pattern.matcher(text).results().map(m -> m.group(1)).toList();
  }

  private static List<String> kinds(MatchResult row) {
    return Arrays.asList(row.group(1).replace("`", "").split(", ", -1));
  }
}

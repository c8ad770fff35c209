package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.instruction.TimeLimit.Source;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitTest {
  private static final String NO_LIMIT = "- Fast\n- Good";

  @ParameterizedTest
  @CsvSource({"1 second,PT10M", "2 minutes,PT10M", "20 minutes,PT80M", "10 hours,PT24H"})
  void anEstimateAloneKillsOnlyWhatIsFarBeyondIt(String estimate, Duration expected) {
    var limit = limit(Sample.of(1).metadata("Duration", estimate), NO_LIMIT);

    assertThat(limit.limit()).isEqualTo(expected);
    assertThat(limit.source()).isEqualTo(Source.ESTIMATE);
    assertThat(limit.from("a.md")).contains("4 times the estimate of").endsWith("a.md:4");
  }

  @Test
  void withoutLimitAndEstimateItIsHalfAnHour() {
    var sample =
        Sample.of(1).withoutMetadata("Duration").section("RETROSPECTIVE", "- Learn\n- Tell");

    assertThat(limit(sample, NO_LIMIT)).isEqualTo(TimeLimit.byDefault());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "- Degradation limit: If execution takes >60 seconds, abort @ PT1M",
        "- **Degradation Limit:** >90s @ PT1M30S",
        "- Degradation  limit: If execution takes longer than 2 h @ PT2H",
        "- Time limit: 5 min @ PT5M",
        "- **Timeout:** 1h 30m @ PT1H30M",
        "- If execution takes longer than 2 hours, abort @ PT2H",
        "- Abort after 45 minutes @ PT45M",
        "| Degradation limit | 7 minutes | @ PT7M",
        "- Degradation limit: >90 days @ PT24H",
        "- Degradation limit: 1 ms @ PT1S",
      })
  void aLimitIsReadHoweverItIsWritten(String line, Duration expected) {
    var limit = limit(Sample.of(1), "- Target: 3 seconds\n" + line);

    assertThat(limit.limit()).isEqualTo(expected);
    assertThat(limit.source()).isEqualTo(Source.WRITTEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- Connection timeout: 10 seconds",
        "- Each request takes more than 2 s: report",
        "- Target: 3 seconds"
      })
  void whatConcernsSomethingElseIsNoLimit(String line) {
    assertThat(limit(Sample.of(1), line).source()).isEqualTo(Source.ESTIMATE);
    assertThat(finding(Sample.of(1), line)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- Degradation limit: abort after a while",
        "- Degradation limit: 20",
        "- Degradation limit: 0 s",
        "- Time limit: soon"
      })
  void aLimitThatCannotBeReadIsAFindingThatSaysWhatHoldsInstead(String line) {
    assertThat(requireNonNull(finding(Sample.of(1), line)).message())
        .contains("the limit of an attempt is 10 min: 4 times the estimate of 20 s");
  }

  @Test
  void lintTellsTheLimitOfEveryFile() {
    var report = FileReport.of(Sample.of(1).compile(), List.of());

    assertThat(report.timeLimit())
        .isEqualTo(
            new FileReport.Limit(
                60.0, Source.WRITTEN, "the degradation limit, WORKER_001_Sample.md:73"));
  }

  private static TimeLimit limit(Sample sample, String requirements) {
    var compiled = sample.section("PERFORMANCE_REQUIREMENTS", requirements).compile();
    return requireNonNull(compiled.timeLimit());
  }

  private static @Nullable Finding finding(Sample sample, String requirements) {
    return sample.section("PERFORMANCE_REQUIREMENTS", requirements).compile().findings().stream()
        .filter(finding -> finding.code() == Code.INVALID_LIMIT)
        .findFirst()
        .orElse(null);
  }
}

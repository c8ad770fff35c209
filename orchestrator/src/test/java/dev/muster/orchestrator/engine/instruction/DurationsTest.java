package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "'20 minutes',PT20M",
    "'5 seconds',PT5S",
    "'1-2 hours',PT2H",
    "'10-15 minutes',PT15M",
    "'10 – 15 minutes',PT15M",
    "'10 min to 15 min',PT15M",
    "'between 10 and 15 minutes',PT15M",
    "'10 or 15 minutes',PT15M",
    "'1h 30m',PT1H30M",
    "'1h30',PT1H30M",
    "'1h30m',PT1H30M",
    "'1:30 h',PT1H30M",
    "'1:30:00',PT1H30M",
    "'0:00:45',PT45S",
    "'2 h 30 min',PT2H30M",
    "'1 hour and 30 minutes',PT1H30M",
    "'1 hour, 30 minutes, 5 seconds',PT1H30M5S",
    "'20 minutes, 40 minutes with tests',PT20M",
    "'≤ 90s',PT1M30S",
    "'~10 minutes',PT10M",
    "'~1.5 hours (approx.)',PT1H30M",
    "'1,5 hours',PT1H30M",
    "'500 ms',PT0.5S",
    "'1,500 ms',PT1.5S",
    "'1_500 ms',PT1.5S",
    "'1 500 ms',PT1.5S",
    "'1,500.5 ms',PT1.5S",
    "'12,345,678 ms',PT3H25M45.678S",
    "'½ hour',PT30M",
    "'1½ hours',PT1H30M",
    "'1 ½ hours',PT1H30M",
    "'1/2 hour',PT30M",
    "'1 1/2 hours',PT1H30M",
    "'half an hour',PT30M",
    "'an hour',PT1H",
    "'five minutes',PT5M",
    "'5-minute slot',PT5M",
    "'5 min.',PT5M",
    "'PT5M',PT5M",
    "'pt1h30m at most',PT1H30M",
    "'P1D',PT24H",
    "'1 week',PT168H",
    "'2 days',PT48H",
    "'20',",
    "'00:30',",
    "'soon',",
    "'5 mm',",
    "'PLAN 5',",
    "'P',",
    "'>40 minutes (2x estimate), abort',PT40M",
    "'If execution takes >1,500 ms, abort',PT1.5S",
    "'999999999 days',PT720H"
  })
  void durationsAreReadAsPeopleWriteThem(String text, @Nullable Duration expected) {
    assertThat(Durations.in(text)).isEqualTo(expected);
  }

  @Test
  void aLongTextOfNumbersTakesNoTime() {
    assertThat(Durations.in("1,000 and ".repeat(100_000))).isNull();
    assertThat(Durations.in("1".repeat(1_000_000))).isNull();
  }
}

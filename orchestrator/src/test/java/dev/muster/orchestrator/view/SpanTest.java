package dev.muster.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final Span ALL = span(0, 100);

  @Test
  void onlyWhatNobodyWorkedInIsWaiting() {
    assertThat(idle(List.of(span(10, 40)), List.of())).isEqualTo(30);
    assertThat(idle(List.of(span(10, 40)), List.of(span(0, 20), span(35, 90)))).isEqualTo(15);
    assertThat(idle(List.of(span(10, 40)), List.of(span(0, 90)))).isZero();
    assertThat(idle(List.of(), List.of(span(0, 90)))).isZero();
  }

  @Test
  void twoQuestionsAtOnceAreOneWait() {
    assertThat(idle(List.of(span(10, 40), span(20, 50)), List.of())).isEqualTo(40);
  }

  @Test
  void whatLiesOutsideDoesNotCount() {
    assertThat(idle(List.of(span(-50, 10), span(90, 900)), List.of())).isEqualTo(20);
  }

  @Test
  void aClockThatGoesBackwardsNeverMakesItNegative() {
    assertThat(span(40, 10).length()).isEqualTo(Duration.ZERO);
    assertThat(idle(List.of(span(40, 10)), List.of(span(30, 5)))).isZero();
    assertThat(Span.idle(List.of(span(1, 2)), List.of(), span(50, 10))).isEqualTo(Duration.ZERO);
  }

  private static long idle(List<Span> waits, List<Span> busy) {
    return Span.idle(waits, busy, ALL).toSeconds();
  }

  private static Span span(long from, long to) {
    return new Span(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }
}

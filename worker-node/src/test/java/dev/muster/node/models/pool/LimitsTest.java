package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final RateLimits SIXTY = new RateLimits(60, 0, 10, 16);

  @Test
  void aBurstGoesAtOnceAndThenOneASecond() {
    var bucket = TokenBucket.full(SIXTY, START);
    for (var i = 0; i < 10; i++) {
      assertThat(bucket.readyAt(SIXTY, START)).isEqualTo(START);
      bucket = bucket.take(SIXTY, START);
    }

    assertThat(bucket.readyAt(SIXTY, START)).isEqualTo(START.plusSeconds(1));
    assertThat(bucket.readyAt(SIXTY, START.plusMillis(400))).isEqualTo(START.plusSeconds(1));
    assertThat(bucket.available(SIXTY, START.plusSeconds(3_600))).isEqualTo(10);
  }

  @Test
  void theWindowForgetsWhatIsAMinuteOld() {
    var window = SlidingWindow.EMPTY.with(START, 2, 100).with(START.plusSeconds(30), 1, 50);

    assertThat(window.requests(START.plusSeconds(60))).isEqualTo(3);
    assertThat(window.requests(START.plusSeconds(61))).isEqualTo(1);
    assertThat(window.tokens(START.plusSeconds(61))).isEqualTo(50);
    assertThat(window.requests(START.plusSeconds(91))).isZero();
    assertThat(window.at(START.plusSeconds(91)).seconds()).isEmpty();
  }

  @Test
  void theWindowSaysWhenThereIsRoom() {
    var window = SlidingWindow.EMPTY.with(START, 2, 100).with(START.plusSeconds(30), 1, 50);
    var now = START.plusSeconds(40);

    assertThat(window.fitsRequest(4, now)).isEqualTo(now);
    assertThat(window.fitsRequest(3, now)).isEqualTo(START.plusSeconds(61));
    assertThat(window.fitsRequest(1, now)).isEqualTo(START.plusSeconds(91));
    assertThat(window.fitsTokens(50, 200, now)).isEqualTo(now);
    assertThat(window.fitsTokens(51, 200, now)).isEqualTo(START.plusSeconds(61));
    assertThat(window.fitsTokens(151, 200, now)).isEqualTo(START.plusSeconds(91));
  }

  @Test
  void whatIsLargerThanTheLimitWaitsUntilItIsAlone() {
    var window = SlidingWindow.EMPTY.with(START, 1, 10);

    assertThat(window.fitsTokens(1_000, 200, START)).isEqualTo(START.plusSeconds(61));
    assertThat(SlidingWindow.EMPTY.fitsTokens(1_000, 200, START)).isEqualTo(START);
  }

  @Test
  void whatWasNotUsedIsGivenBack() {
    var window = SlidingWindow.EMPTY.with(START, 1, 4_000).with(START, 0, -3_900);

    assertThat(window.tokens(START)).isEqualTo(100);
    assertThat(SlidingWindow.EMPTY.with(START, 0, -5)).isEqualTo(SlidingWindow.EMPTY);
  }

  /// However callers come, no minute sees more than its limit.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noMinuteSeesMoreThanItsLimit(long seed) {
    var random = new Random(seed);
    var limits = new RateLimits(1 + random.nextInt(20), 1_000, 1 + random.nextInt(10), 1_000);
    var state = ProviderState.idle(limits, START);
    var begun = new ArrayDeque<Instant>();
    var now = START;
    for (var permit = 0L; permit < 300; permit++) {
      var tokens = 1 + random.nextInt(300);
      var hold = state.hold(limits, tokens, now);
      while (hold != null) {
        assertThat(hold.until()).isAfter(now);
        now = hold.until();
        hold = state.hold(limits, tokens, now);
      }
      state = state.begin(permit, limits, tokens, now);
      begun.add(now);
      var minuteAgo = now.minusSeconds(60);
      begun.removeIf(it -> !it.isAfter(minuteAgo));
      assertThat(begun).hasSizeLessThanOrEqualTo(limits.requestsPerMinute());
      assertThat(state.window().tokens(now)).isLessThanOrEqualTo(1_000);
      now = now.plusMillis(random.nextInt(2_000));
    }
  }
}

package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.Outcome.Result;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProviderStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RateLimits LIMITS = new RateLimits(500, 10_000, 10, 2);

  private ProviderState state = ProviderState.idle(LIMITS, NOW);
  private long permit;

  private static Outcome outcome(Result result, @Nullable Duration retryAfter) {
    return new Outcome(result, 20, Usage.UNTOLD, null, retryAfter, "it failed");
  }

  private void call(Result result, @Nullable Duration retryAfter) {
    state = state.begin(++permit, LIMITS, 10, NOW);
    state = state.settle(permit, outcome(result, retryAfter), NOW);
  }

  private @Nullable String why(Instant now) {
    var hold = state.hold(LIMITS, 10, now);
    return hold == null ? null : hold.why();
  }

  @Test
  void threeFaultsOpenTheBreakerAndOneSuccessAfterHalfAMinuteClosesIt() {
    call(Result.FAULT, null);
    call(Result.FAULT, null);
    assertThat(why(NOW)).isNull();
    call(Result.FAULT, null);

    assertThat(why(NOW)).isEqualTo("its breaker is open: it failed");
    assertThat(why(NOW.plusSeconds(29))).isNotNull();
    var later = NOW.plusSeconds(30);
    assertThat(why(later)).isNull();
    state = state.begin(99, LIMITS, 10, later);
    assertThat(why(later)).isEqualTo("its breaker is half-open: it failed");
    state = state.settle(99, outcome(Result.SUCCESS, null), later);
    assertThat(why(later)).isNull();
  }

  @Test
  void refusalsForTheRateAreNoFaults() {
    for (var i = 0; i < 5; i++) call(Result.LIMITED, Duration.ZERO);
    for (var i = 0; i < 5; i++) call(Result.REFUSED, null);

    assertThat(state.breaker()).isEqualTo(Breaker.closed());
    assertThat(state.tally().failures()).isEqualTo(10);
  }

  @Test
  void whoeverSaysWhenToComeAgainIsLeftAloneUntilThen() {
    call(Result.LIMITED, Duration.ofSeconds(20));
    call(Result.LIMITED, Duration.ofSeconds(5)); // began before the other ended

    assertThat(why(NOW.plusSeconds(19))).isEqualTo("it said: it failed");
    assertThat(why(NOW.plusSeconds(20))).isNull();
  }

  @Test
  void whoeverDoesNotSayIsLeftAloneLongerEachTime() {
    for (var seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
      call(Result.LIMITED, null);
      assertThat(why(NOW.plusSeconds(seconds).minusMillis(1))).isNotNull();
      assertThat(why(NOW.plusSeconds(seconds))).isNull();
    }
    call(Result.SUCCESS, null);
    assertThat(state.limitedInARow()).isZero();
  }

  @Test
  void aUsedUpQuotaIsLeftAloneForAQuarterOfAnHour() {
    call(Result.QUOTA, null);

    assertThat(why(NOW.plusSeconds(899))).isNotNull();
    assertThat(why(NOW.plusSeconds(900))).isNull();
  }

  @Test
  void noMoreCallsAreInFlightThanMayBeAndLostOnesAreForgotten() {
    state = state.begin(1, LIMITS, 10, NOW).begin(2, LIMITS, 10, NOW);

    assertThat(why(NOW)).isEqualTo("2 of 2 calls in flight");
    assertThat(why(NOW.plus(ProviderState.LOST_AFTER))).isNull();
  }

  @Test
  void holdsHaveTheirNumbers() {
    var few = new RateLimits(2, 0, 2, 16);
    state = ProviderState.idle(few, NOW).begin(1, few, 10, NOW).begin(2, few, 10, NOW);
    var hold = state.hold(few, 10, NOW);
    assertThat(hold)
        .isEqualTo(new ProviderState.Hold(NOW.plusSeconds(61), "2 of 2 requests a minute used"));

    state = ProviderState.idle(LIMITS, NOW).begin(1, LIMITS, 9_000, NOW);
    hold = state.hold(LIMITS, 2_000, NOW);
    assertThat(hold)
        .isEqualTo(
            new ProviderState.Hold(
                NOW.plusSeconds(61), "9000 of 10000 tokens a minute used, about 2000 more wanted"));
  }

  @Test
  void whatACallReallyUsedReplacesWhatItWasExpectedTo() {
    state = state.begin(1, LIMITS, 9_000, NOW);
    var used = new Outcome(Result.SUCCESS, 120, Usage.of(100, 50, 20), 7L, null, "");
    state = state.settle(1, used, NOW.plusSeconds(5));

    assertThat(state.window().tokens(NOW.plusSeconds(5))).isEqualTo(150);
    assertThat(state.tally().costMicros()).isEqualTo(7);
    assertThat(state.tally().tokensCached()).isEqualTo(20);
    // Told twice, or of a call that is not known: nothing changes.
    assertThat(state.settle(1, used, NOW)).isEqualTo(state);
    assertThat(state.settle(7, used, NOW)).isEqualTo(state);
  }

  @Test
  void latenciesAreByTheNearestRankOfTheLastTwoHundred() {
    var tally = Tally.ZERO;
    for (var i = 1; i <= 300; i++) {
      tally = tally.with(new Outcome(Result.SUCCESS, i, Usage.UNTOLD, null, null, ""));
    }

    assertThat(tally.latencyMillis(50)).isEqualTo(200);
    assertThat(tally.latencyMillis(95)).isEqualTo(290);
    assertThat(tally.latencyMillis(99)).isEqualTo(298);
    assertThat(tally.unpriced()).isEqualTo(300);
  }

  @Test
  void aPriceCountsWhatWasCachedForLess() {
    assertThat(new Price(3, 15, 0.3).costMicros(Usage.of(1_000, 100, 400)))
        .isEqualTo(600 * 3 + 120 + 1_500);
  }

  @Test
  void whatNoModelReadsIsNotCounted() {
    assertThat(Usage.of(Long.MIN_VALUE, -1, -1)).isEqualTo(Usage.of(0, 0, 0));
    var most = Usage.of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(most.total()).isEqualTo(2_000_000_000L);
    assertThat(most.cached()).isEqualTo(most.input());
  }
}

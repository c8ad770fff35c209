package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of one provider. Pure.
///
/// @param blocked until when it asked to be left alone; null when it did not
/// @param limitedInARow refusals for the rate, one after the other, without a word when to come
///   again
/// @param last why the last call failed; null when it did not
record ProviderState(
    Breaker breaker,
    TokenBucket bucket,
    SlidingWindow window,
    Map<Long, Pending> pending,
    @Nullable Instant blocked,
    int limitedInARow,
    @Nullable String last,
    Tally tally) {
  /// A call whose end nobody told us, such as one on a node that is gone.
  static final Duration LOST_AFTER = Duration.ofMinutes(10);

  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final Duration QUOTA_WAIT = Duration.ofMinutes(15);
  private static final int LIMITED_DOUBLINGS_MAX = 6;

  ProviderState {
    pending = Map.copyOf(pending);
  }

  /// A call under way.
  ///
  /// @param owner the node that makes it
  /// @param asker whose conversation it is for
  /// @param breaking as that node has it
  record Pending(Instant begun, long tokens, String owner, String asker, Breaking breaking) {}

  static ProviderState idle(RateLimits limits, Instant now) {
    return new ProviderState(
        Breaker.closed(),
        TokenBucket.full(limits, now),
        SlidingWindow.EMPTY,
        Map.of(),
        null,
        0,
        null,
        Tally.ZERO);
  }

  /// Null when a call may begin now.
  ///
  /// @param tokens that it may use, about
  @Nullable Hold hold(RateLimits limits, long tokens, Instant now) {
    var opens = breaker.admitsAt(now);
    if (opens.isAfter(now))
      return new Hold(opens, "its breaker is " + breaker.word() + ": " + last);
    if (blocked != null && blocked.isAfter(now)) return new Hold(blocked, "it said: " + last);
    var perMinute = limits.requestsPerMinute();
    if (perMinute > 0) {
      var fits = window.fitsRequest(perMinute, now);
      if (fits.isAfter(now)) {
        return new Hold(
            fits, "%d of %d requests a minute used".formatted(window.requests(now), perMinute));
      }
      var filled = bucket.readyAt(limits, now);
      if (filled.isAfter(now)) {
        return new Hold(filled, "%d requests at once are used".formatted(limits.burst()));
      }
    }
    var tokensMax = limits.tokensPerMinute();
    if (tokensMax > 0) {
      var fits = window.fitsTokens(tokens, tokensMax, now);
      if (fits.isAfter(now)) {
        return new Hold(
            fits,
            "%d of %d tokens a minute used, about %d more wanted"
                .formatted(window.tokens(now), tokensMax, tokens));
      }
    }
    var inFlight = live(now);
    if (inFlight < limits.inFlightMax()) return null;
    return new Hold(
        now.plusSeconds(1),
        "%d of %d calls in flight".formatted(inFlight, limits.inFlightMax()),
        true);
  }

  /// Why it cannot be called, and until when.
  ///
  /// @param full whether a call that ends may change that
  record Hold(Instant until, String why, boolean full) {
    Hold(Instant until, String why) {
      this(until, why, false);
    }

    Hold at(String place) {
      return new Hold(until, place + ": " + why, full);
    }
  }

  long live(Instant now) {
    return pending.values().stream().filter(it -> !isLost(it, now)).count();
  }

  private static boolean isLost(Pending call, Instant now) {
    return !call.begun().plus(LOST_AFTER).isAfter(now);
  }

  ProviderState begin(long permit, RateLimits limits, long tokens, Instant now) {
    return begin(new Pending(now, tokens, "", "call " + permit, Breaking.STANDARD), permit, limits);
  }

  ProviderState begin(Pending call, long permit, RateLimits limits) {
    var now = call.begun();
    var calls = new HashMap<>(pending);
    calls.values().removeIf(it -> isLost(it, now));
    calls.put(permit, call);
    return new ProviderState(
        breaker.begin(now.plus(LOST_AFTER)),
        limits.requestsPerMinute() > 0 ? bucket.take(limits, now) : bucket,
        window.at(now).with(now, 1, call.tokens()),
        calls,
        blocked,
        limitedInARow,
        last,
        tally);
  }

  ProviderState without(String owner) {
    var calls = new HashMap<>(pending);
    calls.values().removeIf(it -> it.owner().equals(owner));
    return new ProviderState(breaker, bucket, window, calls, blocked, limitedInARow, last, tally);
  }

  /// Unchanged when nobody knows of such a call.
  ProviderState settle(long permit, Outcome outcome, Instant now) {
    var call = pending.get(permit);
    if (call == null) return this;
    var calls = new HashMap<>(pending);
    calls.remove(permit);
    var isOver = outcome.result();
    var usage = outcome.usage();
    var used = usage.told() ? window.with(call.begun(), 0, usage.total() - call.tokens()) : window;
    var silent = isOver == Outcome.Result.LIMITED && isSilent(outcome.retryAfter());
    return new ProviderState(
        switch (isOver) {
          case SUCCESS, LIMITED, QUOTA, REFUSED -> breaker.answered();
          case FAULT -> breaker.failed(call.breaking(), call.asker(), now);
          case CANCELLED -> breaker.cancelled(now);
        },
        bucket,
        used,
        calls,
        blockedBy(outcome, now),
        silent ? limitedInARow + 1 : isOver == Outcome.Result.SUCCESS ? 0 : limitedInARow,
        switch (isOver) {
          case SUCCESS -> null;
          case CANCELLED -> last;
          case FAULT, LIMITED, QUOTA, REFUSED -> outcome.words();
        },
        tally.with(outcome));
  }

  /// A call that began before another was sent away does not open the door again.
  private @Nullable Instant blockedBy(Outcome outcome, Instant now) {
    var asked = outcome.retryAfter();
    var wait =
        switch (outcome.result()) {
          case LIMITED -> asked == null || isSilent(asked) ? silentWait() : asked;
          case QUOTA -> asked == null || isSilent(asked) ? QUOTA_WAIT : asked;
          case FAULT -> asked;
          case SUCCESS, REFUSED, CANCELLED -> null;
        };
    if (wait == null) return blocked;
    var until = now.plus(wait);
    return blocked != null && blocked.isAfter(until) ? blocked : until;
  }

  /// "At once" is no word when to come again: who believes it only knocks faster.
  private static boolean isSilent(@Nullable Duration asked) {
    return asked == null || asked.compareTo(SOONEST) < 0;
  }

  /// 1, 2, 4 … 64 s.
  private Duration silentWait() {
    return Duration.ofSeconds(1L << Math.min(limitedInARow, LIMITED_DOUBLINGS_MAX));
  }
}

package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was used in the last minute, second by second: a second counts until it is wholly over.
/// Pure.
///
/// @param seconds oldest first; at most one for each second of the minute
record SlidingWindow(List<Second> seconds) {
  static final Duration LENGTH = Duration.ofMinutes(1);
  static final SlidingWindow EMPTY = new SlidingWindow(List.of());

  SlidingWindow {
    seconds = List.copyOf(seconds);
  }

  record Second(long epochSecond, long requests, long tokens) {}

  /// @param tokens may be negative, when less was used than had been expected
  SlidingWindow with(Instant at, long requests, long tokens) {
    var more = new ArrayList<>(seconds);
    var second = at.getEpochSecond();
    for (var i = 0; i < more.size(); i++) {
      var there = more.get(i);
      if (there.epochSecond() == second) {
        more.set(i, new Second(second, there.requests() + requests, there.tokens() + tokens));
        return new SlidingWindow(more);
      }
    }
    // What is corrected may have gone by.
    if (requests == 0 && tokens <= 0) return this;
    more.add(new Second(second, requests, tokens));
    more.sort((one, other) -> Long.compare(one.epochSecond(), other.epochSecond()));
    return new SlidingWindow(more);
  }

  SlidingWindow at(Instant now) {
    return new SlidingWindow(seconds.stream().filter(it -> goneAt(it).isAfter(now)).toList());
  }

  long requests(Instant now) {
    return at(now).seconds.stream().mapToLong(Second::requests).sum();
  }

  long tokens(Instant now) {
    return Math.max(0, at(now).seconds.stream().mapToLong(Second::tokens).sum());
  }

  /// When one more request fits; `now` when it does.
  Instant fitsRequest(long max, Instant now) {
    var used = requests(now);
    for (var second : at(now).seconds) {
      if (used < max) return now;
      used -= second.requests();
      if (used < max) return goneAt(second);
    }
    return now;
  }

  /// When so many more tokens fit. What is more than fits ever, fits when nothing else is there.
  Instant fitsTokens(long more, long max, Instant now) {
    var used = tokens(now);
    if (used == 0 || used + more <= max) return now;
    for (var second : at(now).seconds) {
      used -= second.tokens();
      if (used <= 0 || used + more <= max) return goneAt(second);
    }
    return now;
  }

  private static Instant goneAt(Second second) {
    return Instant.ofEpochSecond(second.epochSecond()).plus(LENGTH).plusSeconds(1);
  }
}

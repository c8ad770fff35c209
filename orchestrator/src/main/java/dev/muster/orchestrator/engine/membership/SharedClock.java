package dev.muster.orchestrator.engine.membership;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of the database, carried on by this machine's steady counter.
///
/// Deadlines are kept by whichever node hosts their owner, and that changes. So nodes that share a
/// database share its clock, and one whose own clock is wrong, or jumps, keeps no deadline wrongly.
/// Before the database has answered, the time is the machine's own.
public final class SharedClock implements InstantSource {
  /// Less is the way of the answer, and following it would only make the time tremble.
  private static final Duration TOLERATED = Duration.ofMillis(250);

  private final InstantSource own;
  private volatile Reading reading = new Reading(Instant.EPOCH, 0);

  /// @param nanos of the steady counter when it was `at`
  private record Reading(Instant at, long nanos) {
    Instant carriedOn(long now) {
      return at.plusNanos(now - nanos);
    }
  }

  public SharedClock(InstantSource own) {
    this.own = own;
  }

  /// @param at what the database says it is
  /// @param nanos of `System.nanoTime`, when it was asked
  public void learn(Instant at, long nanos) {
    var known = reading;
    var wrong = Duration.between(known.carriedOn(nanos), at).abs();
    if (known.at().equals(Instant.EPOCH) || wrong.compareTo(TOLERATED) > 0) {
      reading = new Reading(at, nanos);
    }
  }

  @Override
  public Instant instant() {
    var known = reading;
    return known.at().equals(Instant.EPOCH) ? own.instant() : known.carriedOn(System.nanoTime());
  }
}

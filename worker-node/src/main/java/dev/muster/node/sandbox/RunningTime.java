package dev.muster.node.sandbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// How long this JVM itself has been running, for limits that must not be charged with the time it
/// stood still: stopped from a terminal, frozen with its container, or starved by its host.
///
/// It looks at the clock all the time. When it finds that much more has passed than it meant to
/// wait, the JVM was not there, and what it did mean to wait is all that counts. Looks that are
/// late one after the other are those of a host that is too busy: then some of it counts, since
/// what starves this JVM may be the very script whose time is being taken.
final class RunningTime {
  static final Duration TICK = Duration.ofMillis(100);

  /// Threads of a busy host wake up late, but seldom this late.
  static final Duration LATE_MAX = Duration.ofMillis(400);

  /// After a standstill others get to say what happened meanwhile, before their time is over: but
  /// not more often than once in ten such times.
  static final Duration GRACE = Duration.ofSeconds(1);

  private long lookedAtNanos;
  private long ranNanos;
  private long graceUntilNanos;
  private long nextGraceNanos;
  private int lateInARow;

  /// @param nanos of `System.nanoTime`
  RunningTime(long nanos) {
    this.lookedAtNanos = nanos;
  }

  /// @param meantNanos what the JVM meant to wait since the last look
  void look(long nanos, long meantNanos) {
    var passed = nanos - lookedAtNanos;
    lookedAtNanos = nanos;
    var lateNanos = meantNanos + LATE_MAX.toNanos();
    if (passed <= lateNanos) {
      ranNanos += passed;
      lateInARow = 0;
      return;
    }
    ranNanos += lateInARow++ == 0 ? meantNanos : lateNanos;
    if (ranNanos < nextGraceNanos) return;
    graceUntilNanos = ranNanos + GRACE.toNanos();
    nextGraceNanos = ranNanos + 10 * GRACE.toNanos();
  }

  Duration ran() {
    return Duration.ofNanos(ranNanos);
  }

  boolean isOver(Duration limit) {
    return ranNanos >= Math.max(limit.toNanos(), graceUntilNanos);
  }

  /// Waits for the end of a process; false when the limit was over first.
  boolean await(Process process, Duration limit) throws InterruptedException {
    return await(process, limit, () -> true);
  }

  /// @param goesOn asked ten times a second; false ends the waiting, too
  boolean await(Process process, Duration limit, BooleanSupplier goesOn)
      throws InterruptedException {
    return await(limit, goesOn, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
  }

  /// Waits for the end of a thread; false when the limit was over first.
  boolean await(Thread thread, Duration limit) throws InterruptedException {
    return await(limit, () -> true, nanos -> thread.join(Duration.ofNanos(nanos)));
  }

  private interface Waiting {
    boolean endedWithin(long nanos) throws InterruptedException;
  }

  private boolean await(Duration limit, BooleanSupplier goesOn, Waiting waiting)
      throws InterruptedException {
    do {
      var left = Math.max(limit.toNanos(), graceUntilNanos) - ranNanos;
      var meant = Math.clamp(left, 1_000_000, TICK.toNanos());
      var ended = waiting.endedWithin(meant);
      look(System.nanoTime(), meant);
      if (ended) return true;
    } while (!isOver(limit) && goesOn.getAsBoolean());
    return false;
  }
}

package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.readside.view.JournalLine;
import dev.muster.orchestrator.readside.view.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets all streams of a node follow the journal at the price of one: of those that wait, one looks
/// for all, and the newest events are read and decoded once. Whoever is further behind than what is
/// kept here reads by itself.
///
/// It goes as far as the tables have come, so that no stream tells of what a table does not show.
final class Feed {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /// While things happen. A look that finds nothing is one small query.
  private static final Duration LOOK_EVERY_WHEN_BUSY = Duration.ofMillis(4);

  private static final long BUSY_FOR_NANOS = 1_000_000_000;

  /// More than a batch of the tail.
  private static final int KEPT_MAX = 5_000;

  private final LongSupplier tables;
  private final JournalReader journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Deque<Told> kept = new ArrayDeque<>();

  /// All events after this one, up to the end, are kept.
  private long keptAfter = -1;

  /// Changed by whoever looks, under the lock.
  private volatile long end = -1;

  private volatile long movedAtNanos = System.nanoTime();

  private boolean somebodyLooks;

  /// @param tables moves them on by what there is, and says up to which event they have all
  Feed(LongSupplier tables, JournalReader journal) {
    this.tables = tables;
    this.journal = journal;
  }

  /// An event, put into words once for all who are told.
  static final class Told {
    private final JournalRow row;
    private volatile @Nullable String line;

    Told(JournalRow row) {
      this.row = row;
    }

    JournalRow row() {
      return row;
    }

    String line() {
      var known = line;
      if (known == null) line = known = Json.text(JournalLine.of(row));
      return known;
    }
  }

  /// How far it goes now.
  long end() {
    do {
      if (mayLook(Long.MAX_VALUE, System.nanoTime() + LOOK_EVERY.toNanos())) look(0);
    } while (end < 0);
    return end;
  }

  /// Waits until there is something after this event, so long at most.
  ///
  /// @return how far it goes now
  long await(long after, Duration max) {
    var until = System.nanoTime() + max.toNanos();
    while (mayLook(after, until)) {
      look(Math.min(until - System.nanoTime(), lookEvery().toNanos()));
    }
    return end;
  }

  private Duration lookEvery() {
    return System.nanoTime() - movedAtNanos < BUSY_FOR_NANOS ? LOOK_EVERY_WHEN_BUSY : LOOK_EVERY;
  }

  /// Waits while somebody else looks.
  ///
  /// @return whether it is the caller who has to look now
  private boolean mayLook(long after, long untilNanos) {
    lock.lock();
    try {
      while (end <= after) {
        var left = untilNanos - System.nanoTime();
        if (left <= 0) break;
        if (!somebodyLooks) {
          somebodyLooks = true;
          return true;
        }
        var _ = moved.awaitNanos(left);
      }
      moved.signal(); // somebody else may have to look from now on
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a stream", e);
    } finally {
      lock.unlock();
    }
  }

  private void look(long pauseNanos) {
    List<JournalRow> rows = List.of();
    var until = -1L;
    try {
      pause(pauseNanos);
      var reached = tables.getAsLong();
      if (end >= 0 && reached > end) rows = journal.ofAll(end, reached, KEPT_MAX);
      until = reached;
    } finally {
      looked(rows, until);
    }
  }

  private void looked(List<JournalRow> rows, long until) {
    lock.lock();
    try {
      somebodyLooks = false;
      if (until > end) take(rows, until);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(List<JournalRow> rows, long until) {
    if (end < 0) keptAfter = until;
    end = until;
    movedAtNanos = System.nanoTime();
    if (rows.size() == KEPT_MAX) {
      kept.clear();
      keptAfter = until;
      return;
    }
    rows.forEach(row -> kept.add(new Told(row)));
    while (kept.size() > KEPT_MAX) keptAfter = kept.removeFirst().row().seq();
  }

  /// Events after one, up to another that it has come to; the first so many of them.
  List<Told> rows(long after, long until, int limit) {
    lock.lock();
    try {
      if (after >= keptAfter) {
        var rows = new ArrayList<Told>();
        // From the newest, since most have heard all but the last.
        for (var it = kept.descendingIterator(); it.hasNext(); ) {
          var told = it.next();
          if (told.row().seq() <= after) break;
          if (told.row().seq() <= until) rows.add(told);
        }
        Collections.reverse(rows);
        return List.copyOf(rows.subList(0, Math.min(limit, rows.size())));
      }
    } finally {
      lock.unlock();
    }
    return journal.ofAll(after, until, limit).stream().map(Told::new).toList();
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a stream", e);
    }
  }
}

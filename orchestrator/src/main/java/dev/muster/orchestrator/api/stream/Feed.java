package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.journal.JournalReader;
import dev.muster.orchestrator.journal.JournalRow;
import dev.muster.orchestrator.view.JournalLine;
import dev.muster.orchestrator.view.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private static final int KEPT_MAX = 2_000;

  private final LongSupplier tables;
  private final JournalReader journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Deque<Told> kept = new ArrayDeque<>();

  /// All events after this one, up to the end, are kept.
  private long keptAfter = -1;

  private long end = -1;
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
    lock.lock();
    try {
      if (somebodyLooks) awaitMove(LOOK_EVERY.toNanos());
      else look(0);
      return end;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is something after this event, so long at most.
  ///
  /// @return how far it goes now
  long await(long after, Duration max) {
    var until = System.nanoTime() + max.toNanos();
    lock.lock();
    try {
      while (end <= after) {
        var left = until - System.nanoTime();
        if (left <= 0) break;
        if (somebodyLooks) awaitMove(left);
        else look(Math.min(left, LOOK_EVERY.toNanos()));
      }
      return end;
    } finally {
      moved.signal(); // somebody else may have to look from now on
      lock.unlock();
    }
  }

  /// The lock is held before and after, and not in between.
  private void look(long pauseNanos) {
    somebodyLooks = true;
    var known = end;
    lock.unlock();
    var until = known;
    List<JournalRow> rows = List.of();
    try {
      pause(pauseNanos);
      until = tables.getAsLong();
      if (known >= 0 && until > known) rows = journal.ofAll(known, until, KEPT_MAX);
    } finally {
      lock.lock();
      somebodyLooks = false;
      if (until > known) take(rows, until);
      moved.signalAll();
    }
  }

  private void take(List<JournalRow> rows, long until) {
    if (end < 0) keptAfter = until;
    end = until;
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
        for (var it : kept) {
          if (it.row().seq() > after && it.row().seq() <= until && rows.size() < limit) rows.add(it);
        }
        return rows;
      }
    } finally {
      lock.unlock();
    }
    return journal.ofAll(after, until, limit).stream().map(Told::new).toList();
  }

  private void awaitMove(long nanos) {
    try {
      var _ = moved.awaitNanos(nanos);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a stream", e);
    }
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a stream", e);
    }
  }
}

package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.journal.JournalMark;
import dev.muster.orchestrator.journal.JournalReader;
import dev.muster.orchestrator.journal.JournalRow;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Lets all streams of a node follow the journal at the price of one: its end is looked up, and its
/// newest events are read and decoded, once for all of them. Whoever is further behind than what is
/// kept here reads by itself.
final class Feed {
  private static final long FRESH_MILLIS = 100;
  private static final int KEPT_MAX = 2_000;

  private final JournalMark mark;
  private final JournalReader journal;
  private final InstantSource clock;
  private final Deque<JournalRow> kept = new ArrayDeque<>();

  /// All events after this one, up to the last end, are kept.
  private long keptAfter = -1;

  private long readAtMillis;
  private long end = -1;

  Feed(JournalMark mark, JournalReader journal, InstantSource clock) {
    this.mark = mark;
    this.journal = journal;
    this.clock = clock;
  }

  /// How far the journal is complete.
  synchronized long end() {
    var now = clock.millis();
    if (end < 0 || Math.abs(now - readAtMillis) >= FRESH_MILLIS) {
      advance(mark.current());
      readAtMillis = now;
    }
    return end;
  }

  private void advance(long until) {
    if (end < 0) keptAfter = until;
    else if (until > end) keep(journal.ofAll(end, until, KEPT_MAX), until);
    end = until;
  }

  private void keep(List<JournalRow> rows, long until) {
    if (rows.size() == KEPT_MAX) {
      kept.clear();
      keptAfter = until;
      return;
    }
    kept.addAll(rows);
    while (kept.size() > KEPT_MAX) keptAfter = kept.removeFirst().seq();
  }

  /// Events after one, up to another that is complete; the first so many of them.
  List<JournalRow> rows(long after, long until, int limit) {
    synchronized (this) {
      if (after >= keptAfter) {
        var rows = new ArrayList<JournalRow>();
        for (var row : kept) {
          if (row.seq() > after && row.seq() <= until && rows.size() < limit) rows.add(row);
        }
        return rows;
      }
    }
    return journal.ofAll(after, until, limit);
  }
}

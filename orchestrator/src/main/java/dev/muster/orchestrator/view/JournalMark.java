package dev.muster.orchestrator.view;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// How far the journal is complete. Commits may become visible out of order, so a missing number
/// may still appear; a missing number before an event that was written a while ago never will.
///
/// Everything at or below the mark has been seen by a reader that reads after asking for the mark.
public final class JournalMark {
  /// Longer than a commit takes.
  static final Duration COMMIT_MAX = Duration.ofSeconds(2);

  /// An event carries the time when it was handed over to be written. On a busy node it waits for
  /// its turn after that; only what is much older than that has no neighbour still on its way.
  static final Duration LONG_AGO = Duration.ofMinutes(1);

  private static final int PAGE_ROWS = 5_000;
  private static final int HISTORY_ROWS = 10_000;

  private final JournalReader journal;
  private final InstantSource clock;
  private long mark = -1;
  private long gapSinceNanos;

  public JournalMark(JournalReader journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /// Where the journal is complete now. Never goes back.
  public synchronized long current() {
    if (mark < 0) mark = Math.max(0, journal.newest() - HISTORY_ROWS);
    List<JournalReader.Written> page;
    do {
      page = journal.written(mark, PAGE_ROWS);
      if (!advance(page)) break;
    } while (page.size() == PAGE_ROWS);
    return mark;
  }

  /// False when a missing number may still appear.
  private boolean advance(List<JournalReader.Written> page) {
    var old = clock.instant().minus(LONG_AGO);
    for (var row : page) {
      if (row.seq() != mark + 1 && row.at().isAfter(old) && !gapIsOld()) return false;
      mark = row.seq();
      gapSinceNanos = 0;
    }
    return true;
  }

  /// What is not that old is waited for, by our own clock.
  private boolean gapIsOld() {
    var nanos = System.nanoTime();
    if (gapSinceNanos == 0) gapSinceNanos = nanos;
    return nanos - gapSinceNanos >= COMMIT_MAX.toNanos();
  }
}

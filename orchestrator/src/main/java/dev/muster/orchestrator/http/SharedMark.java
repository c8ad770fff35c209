package dev.muster.orchestrator.http;

import dev.muster.orchestrator.journal.JournalMark;
import java.time.InstantSource;

/// Lets many streams watch the journal's end at the price of one.
final class SharedMark {
  private static final long FRESH_MILLIS = 100;

  private final JournalMark mark;
  private final InstantSource clock;
  private long readAtMillis;
  private long last = -1;

  SharedMark(JournalMark mark, InstantSource clock) {
    this.mark = mark;
    this.clock = clock;
  }

  synchronized long current() {
    var now = clock.millis();
    if (last < 0 || Math.abs(now - readAtMillis) >= FRESH_MILLIS) {
      last = mark.current();
      readAtMillis = now;
    }
    return last;
  }
}

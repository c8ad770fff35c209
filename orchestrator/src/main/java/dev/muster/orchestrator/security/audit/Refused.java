package dev.muster.orchestrator.security.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Refusals, of which a stranger can make as many as it likes: the first of a kind is told at once,
/// those like it within a minute are counted and told together with the next. What is remembered
/// about them is bounded, and so is what they write: of more kinds within a minute, the number is
/// told when the minute is over.
public final class Refused {
  private static final long TOGETHER_MILLIS = 60_000;
  private static final int KEPT_MAX = 500;

  private final Consumer<Entry> log;
  private final InstantSource clock;
  private final Map<Like, Told> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Like, Told> eldest) {
          if (size() <= KEPT_MAX) return false;
          others += eldest.getValue().since();
          return true;
        }
      };

  /// Those that nobody is told of one by one, and not yet by their number.
  private long others;

  private int begun;
  private long minuteMillis;

  private record Like(String who, String peer, String outcome) {}

  private record Told(long atMillis, long since) {}

  public Refused(Consumer<Entry> log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// @param outcome such as `token-wrong`
  public void note(
      Entry.Kind kind, String who, String peer, String action, String outcome, String requestId) {
    var at = clock.instant();
    tellOthers(at);
    var times = times(new Like(who, peer, outcome), at.toEpochMilli());
    if (times == 0) return;
    log.accept(new Entry(at, kind, who, null, peer, action, outcome, requestId, null, times));
  }

  private void tellOthers(Instant at) {
    var times = turned(at.toEpochMilli());
    if (times == 0) return;
    log.accept(
        new Entry(
            at,
            Entry.Kind.LOST,
            "muster",
            null,
            null,
            "refusals",
            "of more than %d kinds within a minute".formatted(KEPT_MAX),
            null,
            null,
            times));
  }

  /// How many there were beside those that are told, when the minute is over; zero within it.
  private synchronized long turned(long now) {
    if (now - minuteMillis < TOGETHER_MILLIS) return 0;
    minuteMillis = now;
    begun = 0;
    var before = others;
    others = 0;
    return before;
  }

  /// How many to tell of now; zero when they are only counted.
  private synchronized long times(Like like, long now) {
    var before = told.get(like);
    if (before != null && now - before.atMillis() < TOGETHER_MILLIS) {
      told.put(like, new Told(before.atMillis(), before.since() + 1));
      return 0;
    }
    // New kinds by the thousands, such as one from each address, are counted together.
    if (before == null && ++begun > KEPT_MAX) {
      others++;
      return 0;
    }
    told.put(like, new Told(now, 0));
    return 1 + (before == null ? 0 : before.since());
  }
}

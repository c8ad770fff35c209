package dev.muster.orchestrator.journal.tail;

import dev.muster.protocol.view.ReaderStanding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way from an event to whoever needs to know it. Each reader goes at its own pace: one
/// that throws is asked again, later and later, and holds back no other.
///
/// In a cluster every orchestrator offers to move every reader on. Whoever holds the reader's row
/// does a batch; when its node dies, the next batch is done by another. A question does not wait
/// for its turn: it moves the reader on itself.
public final class Tail implements AutoCloseable {
  /// Of one batch, and so of one transaction.
  public static final int ROWS_MAX = 4_000;

  /// The event with which a batch goes over it is its last.
  static final long BYTES_MAX = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

  private static final Duration BACK_OFF_MIN = Duration.ofMillis(200);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(30);
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(10);
  private static final Duration WRITER_PAUSE = Duration.ofMillis(3);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

  private final Map<String, TailStep> readers = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final JournalMark mark;
  private final Duration catchUpMax;
  private final CountDownLatch closed = new CountDownLatch(1);

  public Tail(DataSource database, JournalMark mark, List<TailReader> readers) {
    this(database, mark, readers, CATCH_UP_MAX);
  }

  Tail(DataSource database, JournalMark mark, List<TailReader> readers, Duration catchUpMax) {
    this.mark = mark;
    this.catchUpMax = catchUpMax;
    for (var reader : readers) {
      if (this.readers.put(reader.name(), new TailStep(database, mark, reader)) != null) {
        throw new IllegalArgumentException("expected one reader called " + reader.name());
      }
    }
  }

  /// From now on readers are moved on without being asked.
  public synchronized void start() {
    for (var reader : readers.values()) {
      // H2 closes its file under a thread that is interrupted: these end by themselves.
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("tail-" + reader.reader().name())
              .start(() -> follow(reader)));
    }
  }

  private void follow(TailStep reader) {
    var failures = 0;
    while (!closing()) {
      try {
        // Batches grow with the time between them, and several events of one worker cost one row.
        if (!reader.step(BACK_OFF_MIN)) pause(reader.reader().pause());
        failures = 0;
      } catch (SQLException | RuntimeException e) {
        if (closing()) return;
        var pause = backOff(failures++);
        LOG.warn(
            "the reader {} of the journal failed, trying again in {} ms",
            reader.reader().name(),
            pause.toMillis(),
            e);
        pause(pause);
      }
    }
  }

  private static Duration backOff(int failures) {
    var millis = BACK_OFF_MIN.toMillis() << Math.min(failures, 10);
    return millis < BACK_OFF_MAX.toMillis() ? Duration.ofMillis(millis) : BACK_OFF_MAX;
  }

  private void pause(Duration length) {
    try {
      var _ = closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      // Nobody interrupts these threads.
    }
  }

  private boolean closing() {
    return closed.getCount() == 0;
  }

  /// Returns when the reader has taken in all that was visible in the journal when it was asked, so
  /// that an answer after a change never shows less than the change. Waits 10 s at most.
  ///
  /// @throws ReaderBehindException when it has not come that far by then
  /// @throws JournalException when the journal cannot be read
  public void catchUp(String name) {
    catchUp(name, Long.MAX_VALUE);
  }

  /// The same for whoever needs no more than the events up to this one: what has come meanwhile is
  /// not waited for.
  ///
  /// @throws ReaderBehindException when it has not come that far by then
  /// @throws JournalException when the journal cannot be read
  public void catchUp(String name, long seq) {
    var reader = reader(name);
    try {
      var reach = reader.reach();
      var wanted = Math.min(seq, reach.newest());
      var first = reach.seq();
      var until = System.nanoTime() + catchUpMax.toNanos();
      while (!reach.covers(wanted)) {
        var left = until - System.nanoTime();
        if (closing() || left <= 0) {
          throw behind(reader, wanted - reach.seq(), reach.seq() - first);
        }
        var more = reader.step(Duration.ofNanos(left));
        reach = reader.reach();
        // Somebody is still writing what comes before it, or another node owns the reader.
        if (!more && !reach.covers(wanted)) pause(WRITER_PAUSE);
      }
    } catch (SQLException e) {
      throw new JournalException(
          "what the journal says cannot be told: " + String.valueOf(e.getMessage()).strip(), e);
    }
  }

  /// Up to which event the journal is complete: at least as far as it was visible when this was
  /// asked, so that nothing is left out, and no further than nothing can appear before it any more.
  /// Waits 10 s at most for those who write.
  ///
  /// @throws ReaderBehindException when somebody is still writing by then
  /// @throws JournalException when the journal cannot be read
  public long complete() {
    var wanted = mark.newest();
    var until = System.nanoTime() + catchUpMax.toNanos();
    var complete = mark.current();
    while (complete < wanted) {
      if (closing() || System.nanoTime() > until) {
        throw new ReaderBehindException(
            "somebody has been writing what comes after event %d for long; try again soon"
                .formatted(complete));
      }
      pause(WRITER_PAUSE);
      complete = mark.current();
    }
    return complete;
  }

  /// Moves the reader on by a batch, unless somebody else does or it just failed.
  ///
  /// @return what it has taken in: all events up to this one; 0 while another version of it has
  public long advance(String name) {
    var reader = reader(name);
    try {
      return reader.advance();
    } catch (SQLException e) {
      throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  /// @param taken how many it has come on while it was waited for
  private ReaderBehindException behind(TailStep reader, long events, long taken) {
    var more =
        taken <= 0
            ? "it is being rebuilt, or has more to do than it can"
            : "at its pace it needs about %d s more"
                .formatted(1 + events * catchUpMax.toSeconds() / taken);
    return new ReaderBehindException(
        "the reader %s is up to %d events behind the journal: %s; try again soon"
            .formatted(reader.reader().name(), events, more));
  }

  /// Drops what a reader has written, and begins to write it anew. Until that is done questions to
  /// it wait, or are refused.
  public void rebuild(String name) {
    try {
      reader(name).rebuild();
    } catch (SQLException e) {
      throw new JournalException(
          "the reader %s cannot be rebuilt: %s".formatted(name, e.getMessage()), e);
    }
  }

  public List<String> readers() {
    return List.copyOf(readers.keySet());
  }

  public List<ReaderStanding> standings() {
    return readers.values().stream().map(Tail::standing).toList();
  }

  private static ReaderStanding standing(TailStep reader) {
    var name = reader.reader().name();
    try {
      var reach = reader.reach();
      var behind = Math.max(0, reach.newest() - reach.seq());
      return new ReaderStanding(name, reach.seq(), behind, reader.problem());
    } catch (SQLException e) {
      throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  /// In words, of the readers whose last try failed on this node; null when all are well.
  public @Nullable String problem() {
    for (var reader : readers.values()) {
      var problem = reader.problem();
      if (problem != null) return "the reader " + reader.reader().name() + " failed: " + problem;
    }
    return null;
  }

  /// Events of one entity that a reader lacks, by their numbers.
  public static List<JournalRow> between(
      Connection connection, Origin origin, long afterNumber, long beforeNumber)
      throws SQLException {
    return TailPage.between(connection, origin, afterNumber, beforeNumber);
  }

  private TailStep reader(String name) {
    var found = readers.get(name);
    if (found == null) throw new IllegalArgumentException("no reader is called " + name);
    return found;
  }

  /// Ends after the batches that are under way.
  @Override
  public synchronized void close() {
    closed.countDown();
    try {
      for (var thread : threads) thread.join(CLOSE_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.muster.node.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The way of all agents of a node to one source: so many at once, each with a connection of its
/// own for as long as its statement takes.
public final class SqlDoor {
  private static final int AT_ONCE_MAX = 4;
  private static final Duration PLACE_WAIT_MAX = Duration.ofSeconds(30);
  private static final Duration FATE_MAX = Duration.ofSeconds(5);
  private static final Duration FATE_PAUSE = Duration.ofMillis(200);

  private final SqlSource source;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX, true);

  public SqlDoor(SqlSource source) {
    this.source = source;
  }

  public SqlSource source() {
    return source;
  }

  /// Carries a statement out where nothing can be changed, whatever it says.
  public SqlAnswer look(SqlStatement statement) throws InterruptedException {
    try {
      take();
    } catch (UnansweredException e) {
      return new SqlAnswer(String.valueOf(e.getMessage()), true);
    }
    var open = new AtomicReference<@Nullable SqlSession>();
    try {
      var text =
          Undisturbed.get(
              () -> {
                try (var session = SqlSession.open(source, true, source.limits().timeMax())) {
                  open.set(session);
                  return session.run(statement);
                }
              },
              () -> cancel(open.get()));
      return answered(text);
    } catch (SQLException | IOException e) {
      if (Thread.interrupted()) throw new InterruptedException("while a statement ran");
      return failed(e);
    } finally {
      places.release();
    }
  }

  /// Begins a transaction for a statement that may change something; nothing has happened yet.
  ///
  /// @param left how long the attempt still has
  public SqlChange begin(SqlStatement statement, Duration left)
      throws InterruptedException, UnansweredException {
    take();
    var begun = false;
    try {
      var max = left.compareTo(source.limits().timeMax()) < 0 ? left : source.limits().timeMax();
      var change = Undisturbed.get(() -> SqlChange.begin(this, statement, max), () -> {});
      begun = true;
      return change;
    } catch (SQLException | IOException e) {
      throw new UnansweredException(failed(e).text(), Complaint.passes(e));
    } finally {
      if (!begun) places.release();
    }
  }

  /// What became of a transaction. A server that does not answer is asked again for some seconds;
  /// one that still works on it, until its own limit for the statement has passed.
  public SqlFate fate(String transaction) throws InterruptedException {
    var began = System.nanoTime();
    while (true) {
      var fate = fateNow(transaction);
      var max =
          switch (fate) {
            case COMMITTED, ABORTED -> Duration.ZERO;
            case RUNNING -> source.limits().timeMax().plus(FATE_MAX);
            case UNKNOWN -> FATE_MAX;
          };
      if (System.nanoTime() - began >= max.toNanos()) return fate;
      Thread.sleep(FATE_PAUSE);
    }
  }

  private SqlFate fateNow(String transaction) {
    try {
      return Undisturbed.get(
          () -> {
            try (var session = SqlSession.open(source, true, FATE_MAX)) {
              return session.fate(transaction);
            }
          },
          () -> {});
    } catch (SQLException | IOException _) {
      return SqlFate.UNKNOWN;
    }
  }

  void leave() {
    places.release();
  }

  private void take() throws InterruptedException, UnansweredException {
    if (places.tryAcquire(PLACE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) return;
    throw new UnansweredException(
        "the source %s is busy: %d statements of agents of this node are under way, and none has ended for %d s"
            .formatted(source.name(), AT_ONCE_MAX, PLACE_WAIT_MAX.toSeconds()),
        true);
  }

  private static void cancel(@Nullable SqlSession session) {
    if (session != null) session.cancel();
  }

  SqlAnswer answered(String text) {
    return new SqlAnswer(new Complaint(source).rows(text), false);
  }

  SqlAnswer failed(Exception e) {
    return new SqlAnswer(new Complaint(source).of(e), true);
  }
}

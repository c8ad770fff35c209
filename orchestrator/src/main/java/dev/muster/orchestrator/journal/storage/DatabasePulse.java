package dev.muster.orchestrator.journal.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the database answers to one question, as a probe asks it: told within 1.5 seconds, and at
/// most one question a second is under way however many probes come. Time is measured, not read
/// from the clock, which may jump.
public final class DatabasePulse<T> {
  static final long ANSWER_MILLIS_MAX = 1_500;

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// A question on a connection that was cut in silence may never come back.
  private static final long GIVEN_UP_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final Supplier<T> question;
  private final Executor executor;
  private @Nullable Asked<T> last;

  /// @param question throws when the database cannot answer, such as `JournalReader::newest`
  /// @param executor on which the question may block; it is never interrupted
  public DatabasePulse(Supplier<T> question, Executor executor) {
    this.question = question;
    this.executor = executor;
  }

  /// @param answer null when there is a problem
  /// @param problem one sentence; null when the database answers
  public record Beat<T>(@Nullable T answer, @Nullable String problem) {}

  private record Asked<T>(CompletableFuture<T> answer, long atNanos) {
    long ageNanos() {
      return System.nanoTime() - atNanos;
    }

    boolean counts() {
      return ageNanos() < (answer.isDone() ? FRESH_NANOS : GIVEN_UP_NANOS);
    }
  }

  public Beat<T> feel() {
    var asked = asked();
    var left = TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS_MAX) - asked.ageNanos();
    try {
      return new Beat<>(asked.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS), null);
    } catch (TimeoutException _) {
      return down(
          "has not answered for %.1f s".formatted(asked.ageNanos() / 1e9), "it may be restarting");
    } catch (ExecutionException e) {
      return down("does not answer", root(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return down("was not waited for", "this node is stopping");
    }
  }

  private synchronized Asked<T> asked() {
    if (last == null || !last.counts()) {
      last = new Asked<>(CompletableFuture.supplyAsync(question, executor), now());
    }
    return last;
  }

  private static long now() {
    return System.nanoTime();
  }

  private static <T> Beat<T> down(String what, String why) {
    return new Beat<>(
        null,
        "the database %s (%s); nothing that was acknowledged is lost, and work goes on when it answers"
            .formatted(what, why));
  }

  private static String root(Throwable e) {
    var root = e;
    while (root.getCause() != null) root = root.getCause();
    return String.valueOf(root.getMessage()).strip();
  }
}

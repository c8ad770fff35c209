package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.tail.ReaderBehindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes results, and tries again what failed.
///
/// Once it is closed nothing is taken on any more: what would still be to do falls to whoever looks
/// for what is owed.
final class ResultsThread implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(ResultsThread.class);
  private static final Duration LAST_WRITES_MAX = Duration.ofSeconds(60);

  /// Between tries, each twice the one before: some 17 minutes in all.
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  private static final Duration PAUSE_MAX = Duration.ofSeconds(512);

  private final ExecutorService one =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("results").factory());

  private final Consumer<String> unwritten;

  /// How a try has come out.
  enum Try {
    ENDED,
    FAILED,
    /// What there is to write could not be looked up yet.
    BEHIND
  }

  /// @param unwritten is told of runs of which something was not written
  ResultsThread(Consumer<String> unwritten) {
    this.unwritten = unwritten;
  }

  @Override
  public void execute(Runnable task) {
    try {
      one.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("what is to be written is left to the next node", e);
    }
  }

  Try attempt(String run, Runnable write) {
    try {
      write.run();
      return Try.ENDED;
    } catch (OthersResultsException _) {
      LOG.info("results of {} are written by another orchestrator", run);
      return Try.ENDED;
    } catch (ReaderBehindException e) {
      unwritten.accept(run);
      LOG.info("results of {} wait to be looked after: {}", run, e.getMessage());
      return Try.BEHIND;
    } catch (RuntimeException e) {
      failed(run, e);
      return Try.FAILED;
    }
  }

  void failed(String run, RuntimeException e) {
    unwritten.accept(run);
    LOG.error("results of {} were not written: {}", run, e.getMessage(), e);
  }

  /// @param write throws when there is no telling whose the results are or what is in them
  /// @param again in its place later: the run may have been taken up again meanwhile
  void persist(String run, Runnable write, Runnable again) {
    execute(() -> {
      if (attempt(run, write) != Try.ENDED) later(List.of(run), _ -> again.run(), PAUSE_MIN);
    });
  }

  /// Tries each of these until it comes to an end, one after the other, so that others get their
  /// turn between them.
  void persistAll(List<String> runs, Consumer<String> write) {
    persistAll(runs, write, PAUSE_MIN);
  }

  private void persistAll(List<String> runs, Consumer<String> write, Duration pause) {
    next(runs, 0, new ArrayList<>(), write, pause);
  }

  /// @param left those before it that have to be tried again
  private void next(
      List<String> runs, int index, List<String> left, Consumer<String> write, Duration pause) {
    if (index == runs.size()) {
      if (!left.isEmpty()) later(left, write, pause);
      return;
    }
    execute(() -> {
      var run = runs.get(index);
      var after = index + 1;
      switch (attempt(run, () -> write.accept(run))) {
        case ENDED -> {}
        case FAILED -> left.add(run);
        case BEHIND -> {
          // The first waits for all: the others would each wait as long.
          left.addAll(runs.subList(index, runs.size()));
          after = runs.size();
        }
      }
      next(runs, after, left, write, pause);
    });
  }

  private void later(List<String> runs, Consumer<String> write, Duration pause) {
    if (pause.compareTo(PAUSE_MAX) > 0) {
      LOG.error("results of {} are left to the next start of a node", runs);
      return;
    }
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> persistAll(runs, write, pause.multipliedBy(2)));
  }

  /// Waits for what is still to be written.
  ///
  /// @param rest what is due, and only then done: it follows what was taken on before
  void close(Runnable rest) {
    execute(() -> {
      rest.run();
      one.shutdown();
    });
    try {
      if (!one.awaitTermination(LAST_WRITES_MAX.toSeconds(), TimeUnit.SECONDS)) {
        LOG.error(
            "results were still being written after {}; write them again later with results",
            LAST_WRITES_MAX);
        one.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      one.shutdownNow();
    }
  }
}

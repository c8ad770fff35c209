package dev.muster.orchestrator.app;

import dev.muster.orchestrator.engine.wave.RunListener;
import dev.muster.orchestrator.readside.result.ResultsException;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes results while a run goes on, some files at a time, away from the actors.
///
/// A folder that cannot be written never fails a run: the journal has everything, also that it was
/// not written, and `results` writes it again.
public final class ResultsListener implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResultsListener.class);
  private static final Logger RETROSPECTIVES = LoggerFactory.getLogger("muster.retrospectives");
  private static final Duration LAST_WRITES_MAX = Duration.ofSeconds(60);

  /// Files of workers that settle within it are written together, since each look at the journal
  /// costs as much for one as for many. Whoever waits for a summary does not wait for this.
  private static final long GATHERED_MILLIS = 1_000;

  /// Between tries at the end of a run, each twice the one before: some 17 minutes in all.
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  private static final Duration PAUSE_MAX = Duration.ofSeconds(512);

  private final ResultsWriter writer;
  private volatile ResultsOwner owner = ResultsOwner.ALONE;

  private final DueResults due = new DueResults();

  /// At most one task for what is due, and one for each summary.
  private final ExecutorService one =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("results").factory());

  /// After a while. What is still waiting here when this is closed is written by `close`.
  private final Executor soon =
      CompletableFuture.delayedExecutor(GATHERED_MILLIS, TimeUnit.MILLISECONDS, one);

  /// Runs of which some file could not be written.
  private final Set<String> incomplete = new HashSet<>();

  public ResultsListener(ResultsWriter writer) {
    this.writer = writer;
  }

  /// From where there may be other orchestrators.
  public void ownedBy(ResultsOwner other) {
    owner = other;
  }

  @Override
  public void settled(String run, String worker) {
    if (due.add(run, worker)) soon.execute(this::writeSome);
  }

  /// A batch at a time, so that a summary need not wait for all other runs.
  private void writeSome() {
    var run = due.next();
    var written = run == null ? 0 : writeSome(run);
    if (due.goesOn()) (written < DueResults.BATCH_MAX ? soon : one).execute(this::writeSome);
  }

  private void writeRest() {
    for (var run = due.next(); run != null; run = due.next()) writeSome(run);
  }

  /// @return how many
  private int writeSome(String run) {
    var workers = due.take(run);
    if (!workers.isEmpty()) attempt(run, () -> writer.writeWorkers(run, workers));
    return workers.size();
  }

  @Override
  public void remembered(String run, Retrospective it) {
    RETROSPECTIVES.info(
        "{} {} {} after {} attempts, estimated {}, took {}: {}",
        run,
        it.worker(),
        it.outcome(),
        it.attempts(),
        it.estimate(),
        it.actual(),
        it.lessons().isEmpty() ? "nothing to note" : String.join(" ", it.lessons()));
  }

  @Override
  public void summaryDue(RunStatus status, Consumer<ResultsReport> done) {
    var run = status.run();
    if (status.finishedAt() == null) {
      one.execute(() -> attempt(run, () -> summarise(status, done)));
    } else {
      persist(run, () -> summarise(status, done), () -> complete(run, done), PAUSE_MIN);
    }
  }

  /// @param write throws when there is no telling whose the results are or what is in them
  /// @param again in its place later: the run may have been taken up again meanwhile
  private void persist(String run, Runnable write, Runnable again, Duration pause) {
    one.execute(() -> {
      if (attempt(run, write) || pause.compareTo(PAUSE_MAX) > 0) return;
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> persistLater(run, again, pause.multipliedBy(2)));
    });
  }

  /// What is still waiting when this is closed falls to whoever looks for what is owed.
  private void persistLater(String run, Runnable again, Duration pause) {
    try {
      persist(run, again, again, pause);
    } catch (RejectedExecutionException e) {
      LOG.debug("results of {} are left to the next node", run, e);
    }
  }

  private void summarise(RunStatus status, Consumer<ResultsReport> done) {
    var run = status.run();
    var ended = status.finishedAt();
    if (ended != null && !owner.take(run, ended)) {
      while (!due.take(run).isEmpty()) {}
      LOG.info("results of {} are written by another orchestrator", run);
      return;
    }
    while (writeSome(run) > 0) {}
    if (due.takeOverflow(run)) incomplete.add(run);
    // A crash may have come between a worker's end and its file.
    var everything = incomplete.remove(run) || status.resumes() > 0;
    report(
        run, () -> everything ? writer.writeAll(run, status) : writer.writeRun(run, status), done);
  }

  /// Writes what a node that is gone has left unwritten: it had not come to the summary, or not to
  /// tell the journal. A folder that somebody has removed is left alone.
  ///
  /// @param finished runs, newest first
  /// @param done is told of those that were written now
  void completeAfter(List<String> finished, BiConsumer<String, ResultsReport> done) {
    for (var run : finished) {
      Runnable complete = () -> complete(run, report -> done.accept(run, report));
      persist(run, complete, complete, PAUSE_MIN);
    }
  }

  private void complete(String run, Consumer<ResultsReport> done) {
    var ended = writer.owedSince(run);
    if (ended != null && owner.take(run, ended)) {
      incomplete.remove(run);
      report(run, () -> writer.writeAll(run, null), done);
    }
  }

  /// Whoever asks for the run is to learn what became of its results.
  private void report(String run, Supplier<ResultsReport> write, Consumer<ResultsReport> done) {
    try {
      done.accept(write.get());
    } catch (ResultsException e) {
      failed(run, e);
      done.accept(ResultsReport.failed(writer.folderOf(run).toString(), e.reason()));
    }
  }

  /// @return whether it came to an end
  private boolean attempt(String run, Runnable write) {
    try {
      write.run();
      return true;
    } catch (RuntimeException e) {
      failed(run, e);
      return false;
    }
  }

  private void failed(String run, RuntimeException e) {
    incomplete.add(run);
    LOG.error("results of {} were not written: {}", run, e.getMessage(), e);
  }

  /// Waits for what is still to be written.
  @Override
  public void close() {
    // Only then, since what is due is written by tasks that follow one another.
    one.execute(() -> {
      writeRest();
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

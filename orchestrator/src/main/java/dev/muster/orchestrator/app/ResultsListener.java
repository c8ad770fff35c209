package dev.muster.orchestrator.app;

import dev.muster.orchestrator.engine.wave.RunListener;
import dev.muster.orchestrator.readside.result.ResultsException;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
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

  /// Files of workers that settle within it are written together, since each look at the journal
  /// costs as much for one as for many. Whoever waits for a summary does not wait for this.
  private static final long GATHERED_MILLIS = 1_000;

  private final ResultsWriter writer;
  private volatile ResultsOwner owner = ResultsOwner.ALONE;

  private final DueResults due = new DueResults();

  /// Runs of which some file could not be written.
  private final Set<String> incomplete = new HashSet<>();

  /// At most one task for what is due, and one for each summary.
  private final ResultsThread thread = new ResultsThread(incomplete::add);

  /// After a while. What is still waiting here when this is closed is written by `close`.
  private final Executor soon =
      CompletableFuture.delayedExecutor(GATHERED_MILLIS, TimeUnit.MILLISECONDS, thread);

  private final AtomicBoolean lookingOver = new AtomicBoolean();

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
    if (due.goesOn()) (written < DueResults.BATCH_MAX ? soon : thread).execute(this::writeSome);
  }

  private void writeRest() {
    for (var run = due.next(); run != null; run = due.next()) writeSome(run);
  }

  /// @return how many
  private int writeSome(String run) {
    var workers = due.take(run);
    if (!workers.isEmpty()) thread.attempt(run, () -> writer.writeWorkers(run, workers));
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
      thread.execute(() -> thread.attempt(run, () -> summarise(status, done)));
    } else {
      thread.persist(
          run,
          () -> summarise(status, done),
          () -> complete(run, owner::take, (_, report) -> done.accept(report)));
    }
  }

  private void summarise(RunStatus status, Consumer<ResultsReport> done) {
    var run = status.run();
    var ended = status.finishedAt();
    if (ended != null && !owner.take(run, ended)) {
      while (!due.take(run).isEmpty()) {}
      throw new OthersResultsException();
    }
    Runnable between = ended == null ? () -> {} : () -> goOn(run, ended);
    while (writeSome(run) > 0) between.run();
    if (due.takeOverflow(run)) incomplete.add(run);
    // A crash may have come between a worker's end and its file.
    var everything = incomplete.remove(run) || status.resumes() > 0;
    report(
        run,
        () ->
            everything
                ? writer.writeAll(run, status, between)
                : writer.writeRun(run, status, between),
        done);
  }

  /// Writes what a node that is gone has left unwritten: it had not come to the summary, or not to
  /// tell the journal. A folder that somebody has removed is left alone.
  ///
  /// @param finished runs, newest first
  /// @param done is told of those that were written now
  void completeAfter(List<String> finished, BiConsumer<String, ResultsReport> done) {
    thread.persistAll(finished, run -> complete(run, owner::take, done));
  }

  /// The same for what no other orchestrator goes on with, though all of them are there. Whoever
  /// calls it does so again and again.
  ///
  /// @param finished runs of which the journal does not say yet what became of their results
  void completeOverlooked(List<String> finished, BiConsumer<String, ResultsReport> done) {
    if (finished.isEmpty() || !lookingOver.compareAndSet(false, true)) return;
    thread.execute(() -> {
      try {
        for (var run : finished) {
          var tried = thread.attempt(run, () -> complete(run, owner::takeOver, done));
          if (tried == ResultsThread.Try.BEHIND) return;
        }
      } finally {
        lookingOver.set(false);
      }
    });
  }

  private void complete(
      String run, BiPredicate<String, Instant> taking, BiConsumer<String, ResultsReport> done) {
    var ended = writer.owedSince(run);
    if (ended == null || !taking.test(run, ended)) return;
    LOG.info("results of {} were left unwritten and are written now", run);
    incomplete.remove(run);
    report(
        run,
        () -> writer.writeAll(run, null, () -> goOn(run, ended)),
        report -> done.accept(run, report));
  }

  /// What was taken over is not written twice, nor a newer ending by an older one.
  private void goOn(String run, Instant ended) {
    if (!owner.keeps(run, ended)) throw new OthersResultsException();
  }

  /// Whoever asks for the run is to learn what became of its results.
  private void report(String run, Supplier<ResultsReport> write, Consumer<ResultsReport> done) {
    try {
      done.accept(write.get());
    } catch (ResultsException e) {
      thread.failed(run, e);
      done.accept(ResultsReport.failed(writer.folderOf(run).toString(), e.reason()));
    }
  }

  /// Waits for what is still to be written.
  @Override
  public void close() {
    thread.close(this::writeRest);
  }
}

package dev.muster.orchestrator.app;

import static java.util.Objects.requireNonNull;

import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether a worker has settled as a report says: its own journal tells, which a message cannot
/// change. A worker tells its run after it has persisted, so what is not there is not so.
///
/// The journal is asked of many workers at once, without any waiting: what is to be confirmed while
/// it is being asked makes up the next question. A supervisor has one report a worker confirmed at
/// a time, so as many wait as are under way at most.
public final class SettledInJournal implements Truth {
  /// Of one question, so that their events fit into memory.
  private static final int WORKERS_MAX = 100;

  private final JournalReader journal;
  private final Violations violations;
  private final Executor blocking;
  private final Queue<Report> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AsksInJournal asks;

  /// @param blocking where the database is asked
  public SettledInJournal(JournalReader journal, Violations violations, Executor blocking) {
    this.journal = journal;
    this.violations = violations;
    this.blocking = blocking;
    this.asks = new AsksInJournal(journal, violations, blocking);
  }

  private record Report(
      Origin origin,
      WorkerStatus status,
      Supplier<Assignment> wanted,
      CompletableFuture<Boolean> answer) {}

  /// Where a worker stands by its events, as far as it matters here.
  static final class Standing {
    private int epoch;
    private @Nullable Assignment did;
    private @Nullable WorkerEvent last;

    void see(Object event) {
      if (!(event instanceof WorkerEvent it)) return;
      switch (it) {
        case WorkerEvent.Assigned assigned -> begin(assigned.assignment(), assigned.epoch());
        case WorkerEvent.Reopened reopened -> begin(reopened.assignment(), reopened.epoch());
        default -> {}
      }
      last = it;
    }

    private void begin(Assignment assignment, int inEpoch) {
      did = assignment;
      epoch = inEpoch;
    }

    /// What was done stays done in later epochs, without an event, if the same is wanted there.
    private boolean stands(WorkerStatus status, Supplier<Assignment> wanted) {
      if (status.epoch() <= epoch) return status.epoch() == epoch;
      return did != null && did.isSameWork(wanted.get());
    }

    boolean agrees(WorkerStatus status, Supplier<Assignment> wanted) {
      return switch (last) {
        case WorkerEvent.Completed it ->
            status.phase() == WorkerPhase.COMPLETED
                && status.attempt() == it.attempt()
                && status.weak() == it.receipt().weak()
                && status.artifacts().equals(it.receipt().deliverables())
                && stands(status, wanted);
        case WorkerEvent.Failed it ->
            status.phase() == WorkerPhase.FAILED
                && status.epoch() == epoch
                && status.attempt() == it.attempt()
                && it.reason().equals(status.detail());
        case WorkerEvent.Cancelled it ->
            status.phase() == WorkerPhase.CANCELLED
                && status.epoch() == epoch
                && it.reason().equals(status.detail());
        case WorkerEvent.Rehearsed _ ->
            status.phase() == WorkerPhase.REHEARSED && stands(status, wanted);
        case null, default -> false;
      };
    }
  }

  @Override
  public CompletionStage<Boolean> confirms(
      String run, WorkerReported report, Supplier<Assignment> wanted) {
    var answer = new CompletableFuture<Boolean>();
    var origin = Origin.worker(run, report.worker());
    waiting.add(new Report(origin, report.status(), wanted, answer));
    askIfNeeded();
    return answer;
  }

  @Override
  public CompletionStage<Boolean> asks(String run, Spawn spawn) {
    return asks.asks(run, spawn);
  }

  private void askIfNeeded() {
    if (waiting.isEmpty() || !asking.compareAndSet(false, true)) return;
    try {
      blocking.execute(this::ask);
    } catch (RejectedExecutionException e) {
      // The node ends, and nothing will be confirmed any more.
      asking.set(false);
      next().forEach(it -> it.answer().completeExceptionally(e));
    }
  }

  private void ask() {
    var reports = next();
    try {
      look(reports);
    } catch (RuntimeException e) {
      reports.forEach(it -> it.answer().completeExceptionally(e));
    } finally {
      asking.set(false);
      askIfNeeded();
    }
  }

  private List<Report> next() {
    var reports = new ArrayList<Report>();
    while (reports.size() < WORKERS_MAX) {
      var report = waiting.poll();
      if (report == null) break;
      reports.add(report);
    }
    return reports;
  }

  private void look(List<Report> reports) {
    var standings = new HashMap<Origin, Standing>();
    for (var report : reports) standings.put(report.origin(), new Standing());
    journal.eachOf(
        List.copyOf(standings.keySet()),
        row -> requireNonNull(standings.get(row.origin())).see(row.event()));
    for (var report : reports) {
      var standing = requireNonNull(standings.get(report.origin()));
      report.answer().complete(agrees(standing, report));
    }
  }

  private boolean agrees(Standing standing, Report report) {
    if (standing.agrees(report.status(), report.wanted())) return true;
    violations.of(
        "a node",
        report.origin().run() + "/" + report.origin().worker(),
        "its journal does not say that it is " + report.status().phase());
    return false;
  }
}

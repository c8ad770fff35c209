package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.JournalReader;
import dev.muster.orchestrator.journal.Origin;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether a worker has settled as a report says: its own journal tells, which a message cannot
/// change. A worker tells its run after it has persisted, so what is not there is not so.
///
/// @param blocking where the database is asked
public record SettledInJournal(JournalReader journal, Violations violations, Executor blocking)
    implements Truth {
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
      var now = wanted.get();
      return did != null
          && did.instructionDigest().equals(now.instructionDigest())
          && did.inputs().equals(now.inputs());
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
    return CompletableFuture.supplyAsync(() -> looked(run, report, wanted), blocking);
  }

  private boolean looked(String run, WorkerReported report, Supplier<Assignment> wanted) {
    var standing = new Standing();
    journal.eachOf(Origin.worker(run, report.worker()), row -> standing.see(row.event()));
    if (standing.agrees(report.status(), wanted)) return true;
    violations.of(
        "a node",
        run + "/" + report.worker(),
        "its journal does not say that it is " + report.status().phase());
    return false;
  }
}

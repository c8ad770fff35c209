package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.journal.tail.Tail;
import dev.muster.orchestrator.journal.tail.Unreadable;
import dev.muster.orchestrator.readside.view.JournalLine;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.worker.WorkerEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one event after the other into the rows of its run. What cannot be read, or makes no
/// sense, damages its own run and no other.
final class RunFold {
  private static final Logger LOG = LoggerFactory.getLogger(RunFold.class);
  private static final int ENLISTED_AT_ONCE = 1_000;

  private final RunBatch batch;

  RunFold(RunBatch batch) {
    this.batch = batch;
  }

  void apply(JournalRow row) throws SQLException {
    var run = batch.run(row.origin().run());
    if (run != null && run.damage() != null) return;
    try {
      applyTo(run, row);
    } catch (DamagedException e) {
      var origin = row.origin().persistenceId();
      var reason = "event %d of %s in the journal %s".formatted(row.seq(), origin, e.getMessage());
      LOG.error("{}: nothing later is told of its run", reason, e.getCause());
      if (run != null) run.damaged(reason);
    }
  }

  /// What one event does to its run cannot be told.
  private static final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private void applyTo(@Nullable RunProjection run, JournalRow row) throws SQLException {
    switch (row.event()) {
      case Unreadable it -> throw new DamagedException("cannot be decoded: " + it.reason(), null);
      case RunCreated created when run == null -> create(row.origin().run(), created, row.number());
      case RunEvent event -> {
        if (run != null) runEvent(run, event, row);
      }
      case WorkerEvent event -> {
        if (run != null) workerEvent(run, event, row);
      }
      case ApprovalEvent event -> gateEvent(run, event, row);
      case CommonsEvent _ -> {}
      case Object other -> throw new IllegalStateException("no family of events: " + other);
    }
  }

  private void create(String id, RunCreated created, long number) throws SQLException {
    var plan = planOf(created);
    var run = new RunProjection(id, created, plan);
    run.number(number);
    var crew = new ArrayList<WorkerProjection>();
    var place = 0;
    for (var planned : plan.workers()) {
      var worker = new WorkerProjection(place++, planned);
      run.enlisted(worker);
      crew.add(worker);
      if (crew.size() < ENLISTED_AT_ONCE) continue;
      batch.insert(run.run(), crew);
      crew.clear();
    }
    batch.insert(run.run(), crew);
    batch.insert(run);
  }

  private RunPlan planOf(RunCreated created) throws SQLException {
    var digest = created.planDigest();
    var stored = digest == null ? null : Manifests.find(batch.connection(), digest, RunPlan.class);
    try {
      return created.plan(_ -> stored);
    } catch (IllegalStateException e) {
      throw new DamagedException("makes no sense: " + e.getMessage(), e);
    }
  }

  private void runEvent(RunProjection run, RunEvent event, JournalRow row) throws SQLException {
    if (row.number() <= run.number()) return;
    fillIn(row, run.number());
    if (row.number() <= run.number()) return;
    run.number(row.number());
    if (event instanceof WorkerSettled settled) readItsEnd(run, settled.worker());
    if (event instanceof WorkerSpawned spawned) enlist(run, spawned);
    var crew = new BatchCrew(batch, run, event.at());
    understood(() -> run.apply(row.seq(), event, crew));
    crew.rethrow();
    if (event instanceof RunTagged) batch.retag(run.run());
  }

  /// One that was asked for stands right behind whoever asked. Older journals may give it the name
  /// of one that has left.
  private void enlist(RunProjection run, WorkerSpawned spawned) throws SQLException {
    var parent = batch.worker(run.run(), spawned.parent());
    var worker = new WorkerProjection(parent == null ? 0 : parent.place(), spawned.worker());
    run.enlisted(worker);
    if (batch.worker(run.run(), spawned.worker().id()) == null) {
      batch.insert(run.run(), List.of(worker));
    } else {
      batch.replace(run.run(), worker);
    }
  }

  /// A run only hears of an end that is in the journal.
  private void readItsEnd(RunProjection run, String id) throws SQLException {
    var worker = batch.worker(run.run(), id);
    if (worker == null || !worker.lacksItsEnd()) return;
    var origin = Origin.worker(run.run(), id);
    for (var missing : Tail.between(batch.connection(), origin, worker.number(), Long.MAX_VALUE)) {
      applyTo(run, missing);
    }
  }

  private void workerEvent(RunProjection run, WorkerEvent event, JournalRow row)
      throws SQLException {
    var id = row.origin().worker();
    var worker = id == null ? null : batch.worker(run.run(), id);
    if (worker == null || row.number() <= worker.number()) return;
    fillIn(row, worker.number());
    if (row.number() <= worker.number()) return;
    understood(
        () -> run.changing(worker, event.at(), it -> it.apply(row.seq(), row.number(), event)));
  }

  private void gateEvent(@Nullable RunProjection run, ApprovalEvent event, JournalRow row)
      throws SQLException {
    if (run != null) {
      if (row.number() <= run.gateNumber()) return;
      fillIn(row, run.gateNumber());
      if (row.number() <= run.gateNumber()) return;
      run.gateNumber(row.number());
    }
    if (event instanceof ApprovalRequested asked) {
      if (run != null) run.asked(asked.at());
      batch.insert(new ApprovalRow(row.seq(), ApprovalFold.asked(row.origin().run(), asked)));
      return;
    }
    var id = JournalLine.approvalOf(event);
    var found = id == null ? null : batch.approval(row.origin().run(), id);
    if (found == null) return;
    var first = event instanceof ApprovalDecided && found.view().decision() == null;
    if (run != null && first) run.decided(((ApprovalDecided) event).decision(), event.at());
    batch.change(found.with(ApprovalFold.next(found.view(), event)));
  }

  /// Events of one entity are counted without gaps: one that became visible too late is read by its
  /// number.
  private void fillIn(JournalRow row, long known) throws SQLException {
    if (row.number() <= known + 1) return;
    for (var missing : Tail.between(batch.connection(), row.origin(), known, row.number())) {
      apply(missing);
    }
  }

  /// The folds are pure, so whatever they throw is thrown again at every try: it must not hold back
  /// other runs.
  private static void understood(Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      throw new DamagedException("makes no sense: " + e.getMessage(), e);
    }
  }
}

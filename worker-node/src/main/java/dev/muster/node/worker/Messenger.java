package dev.muster.node.worker;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.node.worker.WorkerState.Living;
import dev.muster.node.worker.WorkerState.Running;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Report;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks for a worker: to the executor, its gate and its run. Everything it says may be lost, and
/// may be said twice.
record Messenger(
    String entityId,
    ActorContext<WorkerCommand> context,
    ActorRef<ClusterSharding.ShardCommand> shard,
    ActorRef<Executor.Command> executor,
    WorkerLinks links) {
  private static final Logger LOG = LoggerFactory.getLogger("muster.workforce");

  /// The worker's name in its journal and in the log, whatever labels it is found by.
  String key() {
    return WorkerAddress.of(entityId).key();
  }

  // --- to the executor ---

  void execute(Running running) {
    var life = running.life();
    var failures = life.failures();
    executor.tell(
        new Executor.Execute(
            life.assignment(),
            life.attempt(),
            life.epoch(),
            running.ordinal(),
            running.lastNumber() + 1,
            links.worker(entityId),
            failures.size(),
            life.frozen(),
            life.agent(),
            failures.isEmpty() ? null : failures.getLast()));
  }

  void askFor(Busy busy) {
    executor.tell(
        new Executor.AskFor(
            entityId, busy.life().attempt(), busy.lastNumber() + 1, links.worker(entityId)));
  }

  void cancel(Busy busy) {
    executor.tell(new Executor.Cancel(entityId, busy.life().attempt()));
  }

  /// To the worker itself, for the executor that is gone: nobody else will report this attempt.
  void interrupt(Busy busy) {
    var interrupted = new AttemptReport.Interrupted(busy.node() + " stopped");
    var number = busy.lastNumber() + 1;
    context.getSelf().tell(new Report(busy.life().attempt(), number, interrupted, nobody()));
  }

  // --- to its shard ---

  /// Out of memory, until somebody says something.
  void rest() {
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
  }

  // --- to the gate ---

  void watch(AwaitingApproval waiting) {
    gate(waiting).tell(new ApprovalCommand.Watch(waiting.approval()));
  }

  void withdraw(AwaitingApproval waiting) {
    var why = "its worker was cancelled";
    gate(waiting)
        .tell(
            new ApprovalCommand.Close(
                List.of(waiting.life().assignment().worker()), "muster", why));
  }

  private RecipientRef<ApprovalCommand> gate(AwaitingApproval waiting) {
    return links.gate(waiting.life().assignment().run());
  }

  // --- to the run ---

  void report(WorkerState state) {
    if (!(state instanceof Living living)) return;
    var assignment = living.life().assignment();
    var status = Statuses.of(state);
    links
        .run(assignment.run())
        .tell(new WorkerReported(assignment.worker(), status, living.talks()));
    if (status.phase() == WorkerPhase.FAILED) {
      LOG.warn("{} FAILED: {}", key(), status.detail());
    } else {
      LOG.info("{} {} attempt {}", key(), status.phase(), status.attempt());
    }
  }

  private <T> ActorRef<T> nobody() {
    return context.getSystem().ignoreRef();
  }
}

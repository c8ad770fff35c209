package dev.muster.orchestrator.app;

import dev.muster.orchestrator.engine.wave.RunLinks;
import dev.muster.orchestrator.engine.wave.Sowing;
import dev.muster.orchestrator.engine.wave.SubWorkerLimits;
import dev.muster.orchestrator.journal.storage.Handovers;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Handover;
import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerCommand;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/// Finds runs, gates and workers by name, wherever in the cluster they live.
record ShardedLinks(
    ClusterSharding sharding,
    ActorRef<HeadroomCommand> headroom,
    Cluster cluster,
    Truth truth,
    Manifests manifests,
    Handovers handovers,
    Sowing sowing,
    SubWorkerLimits subWorkers)
    implements RunLinks {
  private static final String WORKER_ROLE = "worker";

  /// Where nobody hosts workers there is nobody to tell, and a message that is kept for later would
  /// only hold up the end of this node. Workers ask again when they are back.
  @Override
  public void tellWorker(String entityId, WorkerCommand command) {
    if (!workersAreHosted()) return;
    sharding.entityRefFor(WorkerCommand.TYPE_KEY, entityId).tell(command);
  }

  @Override
  public boolean workersAreHosted() {
    for (var member : cluster.state().getMembers()) {
      if (member.hasRole(WORKER_ROLE)) return true;
    }
    return false;
  }

  @Override
  public RecipientRef<ApprovalCommand> gate(String run) {
    return sharding.entityRefFor(ApprovalCommand.TYPE_KEY, run);
  }

  @Override
  public void tellHeadroom(HeadroomCommand command) {
    headroom.tell(command);
  }

  @Override
  public CompletionStage<Boolean> isTrue(
      String run, WorkerReported report, Supplier<Assignment> wanted) {
    return truth.confirms(run, report, wanted);
  }

  @Override
  public CompletionStage<Boolean> asks(String run, Spawn spawn) {
    return truth.asks(run, spawn);
  }

  @Override
  public void store(String run, Map<String, Handover> byDigest) {
    handovers.put(run, byDigest);
  }

  @Override
  public @Nullable DoneBefore doneBefore(String digest) {
    return manifests.find(digest, DoneBefore.class);
  }

  @Override
  public @Nullable RunPlan plan(String digest) {
    return manifests.find(digest, RunPlan.class);
  }

  /// Tells whoever asked: a worker, or the run itself for one of its waves. Outside callers look.
  void announce(ApprovalView approval) {
    var run = approval.run();
    var decision = approval.decision();
    if (run == null || decision == null) return;
    var asker = approval.operation().worker();
    var reason = String.valueOf(approval.reason());
    if (asker.startsWith("wave ")) {
      sharding
          .entityRefFor(RunCommand.TYPE_KEY, run)
          .tell(new RunCommand.WaveDecided(approval.id(), decision, reason));
    } else {
      var worker = new WorkerAddress(run, asker, approval.operation().labels());
      tellWorker(worker.entityId(), new WorkerCommand.Decided(approval.id(), decision, reason));
    }
  }
}

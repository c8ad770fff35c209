package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Handover;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.RecipientRef;
import org.jspecify.annotations.Nullable;

/// What is around a supervisor: it keeps everything that it is told.
///
/// What it would answer is sent to the supervisor by hand, so that nothing depends on who is
/// faster.
class Surroundings implements RunLinks, RunListener {
  final List<Assign> assigned = new CopyOnWriteArrayList<>();
  final List<HeadroomCommand> headroom = new CopyOnWriteArrayList<>();
  final List<String> settled = new CopyOnWriteArrayList<>();
  final List<String> remembered = new CopyOnWriteArrayList<>();
  final List<RunPhase> summaries = new CopyOnWriteArrayList<>();
  final TestProbe<ApprovalCommand> gate;
  private final Map<String, RunPlan> plans = new ConcurrentHashMap<>();
  final Map<String, Handover> handovers = new ConcurrentHashMap<>();

  final ActorTestKit actors;

  /// Some node works.
  volatile boolean hosted = true;

  /// Who was told that its sub-workers have settled.
  final List<String> woken = new CopyOnWriteArrayList<>();

  /// Whether what workers say of themselves is so.
  volatile Function<WorkerReported, CompletionStage<Boolean>> truth =
      _ -> CompletableFuture.completedFuture(true);

  /// Whether who asks for sub-workers does.
  volatile CompletionStage<Boolean> asks = CompletableFuture.completedFuture(true);

  /// What becomes of a sub-worker's task.
  volatile Sowing sowing = (_, _, _) -> Sowing.Sown.refused("nobody is asked for here");

  DoneBefore doneBefore = DoneBefore.NOTHING;

  Surroundings(ActorTestKit actors) {
    this.actors = actors;
    gate = actors.createTestProbe();
  }

  @Override
  public void tellWorker(String entityId, WorkerCommand command) {
    switch (command) {
      case Assign assign -> assigned.add(assign);
      case WorkerCommand.SubsSettled _ -> woken.add(entityId);
      case WorkerCommand other -> throw new AssertionError("told " + other);
    }
  }

  @Override
  public CompletionStage<Boolean> isTrue(
      String name, WorkerReported report, Supplier<Assignment> wanted) {
    return truth.apply(report);
  }

  @Override
  public CompletionStage<Boolean> asks(String name, RunCommand.Spawn spawn) {
    return asks;
  }

  @Override
  public boolean workersAreHosted() {
    return hosted;
  }

  @Override
  public RecipientRef<ApprovalCommand> gate(String name) {
    return gate.ref();
  }

  @Override
  public void tellHeadroom(HeadroomCommand command) {
    headroom.add(command);
  }

  @Override
  public Sowing sowing() {
    return sowing;
  }

  @Override
  public SubWorkerLimits subWorkers() {
    return SubWorkerLimits.STANDARD;
  }

  @Override
  public @Nullable DoneBefore doneBefore(String digest) {
    return digest.equals("done") ? doneBefore : null;
  }

  @Override
  public @Nullable RunPlan plan(String digest) {
    return plans.get(digest);
  }

  @Override
  public void store(String name, Map<String, Handover> byDigest) {
    handovers.putAll(byDigest);
  }

  String store(RunPlan plan) {
    var digest = Sha256.of(EventCodec.encode(plan));
    plans.put(digest, plan);
    return digest;
  }

  @Override
  public void settled(String name, String worker) {
    settled.add(worker);
  }

  @Override
  public void remembered(String name, Retrospective retrospective) {
    remembered.add(retrospective.worker());
  }

  @Override
  public void summaryDue(RunStatus status, Consumer<ResultsReport> done) {
    summaries.add(status.phase());
  }

  /// What the workers were told since this was last asked, as `WORKER_001 RUN`.
  List<String> told() {
    var told = assigned.stream().map(it -> it.assignment().worker() + " " + it.wish()).toList();
    assigned.clear();
    return told;
  }

  /// What the gate was told since this was last asked.
  List<ApprovalCommand> toldGate() {
    var fence = new ApprovalCommand.Watch("fence");
    gate.ref().tell(fence);
    List<ApprovalCommand> told = new ArrayList<>();
    for (var next = gate.receiveMessage(); !next.equals(fence); next = gate.receiveMessage()) {
      told.add(next);
    }
    return told;
  }

  /// Whose requests the gate was told to close since this was last asked, and why.
  List<String> closed() {
    return toldGate().stream()
        .filter(ApprovalCommand.Close.class::isInstance)
        .map(ApprovalCommand.Close.class::cast)
        .map(it -> it.askers() + " " + it.reason())
        .toList();
  }

  List<String> watched() {
    return toldGate().stream()
        .filter(ApprovalCommand.Watch.class::isInstance)
        .map(it -> ((ApprovalCommand.Watch) it).approval())
        .toList();
  }
}

package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunEvent.HoldEnded;
import dev.muster.protocol.run.RunEvent.ResultsNotWritten;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// Speaks for a supervisor: to its gate, its workers and whoever listens. Everything it says may be
/// lost, and may be said twice.
record Messenger(
    String run,
    ActorContext<RunCommand> context,
    RunLinks links,
    RunListener listener,
    Inheritance inheritance) {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final String MUSTER = "muster";

  static Messenger of(
      String run, ActorContext<RunCommand> context, RunLinks links, RunListener listener) {
    var inheritance = new Inheritance(handovers -> links.store(run, handovers));
    return new Messenger(run, context, links, listener, inheritance);
  }

  Believing believing() {
    return new Believing(run, links, inheritance, context.getSelf());
  }

  /// With what else it comes to where no node carries out workers.
  List<RunEvent> settled(Carried state, RunEvent event, Instant at) {
    return links.workersAreHosted() ? List.of(event) : WorkerReports.withoutNodes(state, event, at);
  }

  void subscribe() {
    links.tellHeadroom(new HeadroomCommand.Subscribe(headroomChanged()));
  }

  void unsubscribe() {
    links.tellHeadroom(new HeadroomCommand.Unsubscribe(headroomChanged()));
  }

  /// The same each time.
  private ActorRef<ClusterView> headroomChanged() {
    return context.messageAdapter(ClusterView.class, RunCommand.HeadroomChanged::new);
  }

  void openGate(Carried state) {
    var settings = state.created().settings();
    context.ask(
        Done.class,
        links.gate(run),
        ANSWER_WITHIN,
        replyTo ->
            new ApprovalCommand.Open(settings.approve(), settings.approvalWaitMax(), replyTo),
        (done, _) -> done == null ? new RunCommand.Tick() : new RunCommand.GateReady());
  }

  void requestGate(Carried state, int wave) {
    var operation = WaveGates.request(state, wave);
    context.askWithStatus(
        ApprovalView.class,
        links.gate(run),
        ANSWER_WITHIN,
        replyTo -> new ApprovalCommand.Request(operation, null, replyTo),
        (approval, _) -> new RunCommand.GateAnswered(wave, approval));
  }

  /// @param revision grows with every event of the run
  void tell(Carried state, RunEvent event, long revision) {
    switch (event) {
      case WorkersReleased(var workers, _) ->
          assign(state, workers.stream().map(state::member).toList(), revision);
      case WorkerSettled(var worker, _, _) -> {
        inheritance.settled(worker);
        listener.settled(run, worker);
        wake(state, SubWorkerId.parent(worker));
      }
      case RetrospectiveStored(var retrospective, _) -> listener.remembered(run, retrospective);
      case RunPaused _, RunResumed _ -> assignEverybody(state, revision);
      case RunCancelled(var workers, var by, _) -> {
        assignEverybody(state, revision);
        closeApprovals(workers, by, (workers.isEmpty() ? "its run" : "it") + " was cancelled");
      }
      case WaveGateDecided(var wave, _, var reason, _, _) ->
          closeApprovals(List.of(WaveGates.asker(wave)), MUSTER, reason);
      case RunFinished _ -> closeApprovals(state);
      case WorkersReopened _ -> inheritance.reopened();
      case RunContinued _ -> remind(state, revision);
      case RunCreated _,
          WaveGateRequested _,
          WaveReleased _,
          WorkerBlocked _,
          WorkerSpawned _,
          WaveSettled _,
          HoldBegan _,
          HoldEnded _,
          RunTagged _,
          ResultsWritten _,
          ResultsNotWritten _ -> {}
    }
  }

  /// Says everything again that somebody may have missed.
  void remind(Carried state, long revision) {
    assignEverybody(state, revision);
    state.subs().of().keySet().forEach(parent -> wake(state, parent));
    // A gate may have decided while nobody was there to hear it.
    WaveGates.awaited(state)
        .forEach(approval -> links.gate(run).tell(new ApprovalCommand.Watch(approval)));
    WaveGates.decidedAndOpen(state)
        .forEach(wave ->
            closeApprovals(List.of(WaveGates.asker(wave.number())), MUSTER, wave.gate().reason()));
  }

  /// Whoever waits for sub-workers hears of it when all have settled.
  private void wake(Carried state, @Nullable String parent) {
    if (parent == null || !state.members().containsKey(parent)) return;
    var member = state.member(parent);
    if (!member.underWay() || member.cancelled() || state.awaitsSubs(member)) return;
    if (state.wishes().pauses(parent)) return;
    var address = new WorkerAddress(run, parent, member.planned().labels());
    links.tellWorker(address.entityId(), new WorkerCommand.SubsSettled());
  }

  /// Of a run that has ended, nobody waits for anything any more.
  void closeApprovals(Carried finished) {
    var phase = finished.finish() == null ? finished.ending() : finished.finish().phase();
    closeApprovals(List.of(), MUSTER, "its run has ended: " + phase);
  }

  private void closeApprovals(List<String> askers, String by, String why) {
    links.gate(run).tell(new ApprovalCommand.Close(askers, by, why));
  }

  private void assignEverybody(Carried state, long revision) {
    assign(state, state.underWay().toList(), revision);
  }

  void summarise(RunStatus status) {
    var self = context.getSelf();
    ActorRef<StatusReply<RunStatus>> nobody = context.getSystem().ignoreRef();
    listener.summaryDue(status, report -> self.tell(new RunCommand.ReportResults(report, nobody)));
  }

  private void assign(Carried state, List<Member> members, long revision) {
    var handovers = inheritance.of(state, members);
    for (var member : members) {
      var assign = Assignments.of(state, member, revision, handovers.get(member.id()));
      links.tellWorker(assign.assignment().entityId(), assign);
    }
  }
}

package dev.muster.orchestrator.engine.wave;

import com.typesafe.config.ConfigFactory;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.SubTask;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;

/// One supervisor over an in-memory journal: what it remembers, and what is said to it.
final class SupervisorHarness extends Surroundings {
  private static final AtomicInteger RUNS = new AtomicInteger();

  /// So often that most restarts begin with a snapshot, and replay some events after it.
  private static final int SNAPSHOT_EVERY = 4;

  /// Its own, since supervisors of earlier tests still look after theirs once a second.
  final String run = "run_%04d".formatted(RUNS.incrementAndGet());

  private final EventSourcedBehaviorTestKit<RunCommand, RunEvent, RunState> supervisor;
  private volatile Instant now = Simulation.T0;

  /// Starting an actor system takes longer than most tests, so that a class shares one.
  static ActorTestKit actors() {
    return ActorTestKit.create(
        EventSourcedBehaviorTestKit.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING")));
  }

  SupervisorHarness(ActorTestKit actors) {
    super(actors);
    supervisor =
        EventSourcedBehaviorTestKit.create(
            actors.system(),
            WaveSupervisor.create(run, this, this, () -> now, "node-a", SNAPSHOT_EVERY),
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                .withVerifyEquality(true)
                .withVerifyCommands(false)
                .withVerifyState(false));
  }

  // --- what it remembers ---

  RunState state() {
    return supervisor.getState();
  }

  WaveGate gateOf(int wave) {
    return Objects.requireNonNull(carried().waves().get(wave)).gate();
  }

  Carried carried() {
    return (Carried) state();
  }

  List<RunEvent> journal() {
    return supervisor
        .persistenceTestKit()
        .persistedInStorage(RunCommand.TYPE_KEY.name() + "|" + run)
        .stream()
        .map(RunEvent.class::cast)
        .toList();
  }

  long count(Class<? extends RunEvent> type) {
    return journal().stream().filter(type::isInstance).count();
  }

  void restart() {
    supervisor.restart();
  }

  // --- what it is told ---

  void tell(RunCommand command) {
    now = now.plusMillis(1);
    supervisor.runCommand(command);
  }

  StatusReply<RunStatus> ask(Function<ActorRef<StatusReply<RunStatus>>, RunCommand> command) {
    now = now.plusMillis(1);
    return supervisor.<StatusReply<RunStatus>>runCommand(command).reply();
  }

  RunStatus describe() {
    return ask(RunCommand.Describe::new).getValue();
  }

  /// What another incarnation answers, which has to leave the memory unless it refuses.
  StatusReply<Done> forget() {
    TestProbe<StatusReply<Done>> asker = actors.createTestProbe();
    var other =
        actors.spawn(WaveSupervisor.create(run, this, this, () -> now, "node-a", SNAPSHOT_EVERY));
    other.tell(new RunCommand.Forget(asker.ref()));
    var answer = asker.receiveMessage();
    if (answer.isSuccess()) asker.expectTerminated(other);
    return answer;
  }

  // --- what operators want of it ---

  StatusReply<RunStatus> pause(String... workers) {
    return ask(to -> new RunCommand.Pause(List.of(workers), "me", to));
  }

  StatusReply<RunStatus> resume(String... workers) {
    return ask(to -> new RunCommand.Resume(List.of(workers), "me", to));
  }

  StatusReply<RunStatus> cancel(String... workers) {
    return ask(to -> new RunCommand.Cancel(List.of(workers), "me", to));
  }

  StatusReply<RunStatus> retry(String... workers) {
    return ask(to -> new RunCommand.Retry(List.of(workers), "me", to));
  }

  StatusReply<RunStatus> refresh(RunPlan.Planned... texts) {
    return ask(to -> new RunCommand.Retry(List.of(), List.of(texts), "me", to));
  }

  StatusReply<RunStatus> launch(int wave) {
    return ask(to -> new RunCommand.LaunchWave(wave, "me", to));
  }

  // --- what goes on around it ---

  SupervisorHarness create(RunPlan plan) {
    ask(to -> new RunCommand.Create(store(plan), Simulation.settings(), to));
    return this;
  }

  /// With what an earlier run has done.
  SupervisorHarness createWith(RunPlan plan, String... done) {
    var statuses =
        Stream.of(done).collect(Collectors.toMap(id -> id, _ -> status(WorkerPhase.COMPLETED, 0)));
    return createWith(plan, new DoneBefore(statuses, List.of()));
  }

  SupervisorHarness createWith(RunPlan plan, DoneBefore before) {
    doneBefore = before;
    ask(to -> new RunCommand.Create(store(plan), Simulation.settings(), "done", to));
    return this;
  }

  /// Created, its gate open, and as much as can go on goes on.
  SupervisorHarness begin(RunPlan plan) {
    create(plan);
    return goOn();
  }

  SupervisorHarness goOn() {
    tell(new RunCommand.GateReady());
    slots(4);
    look();
    return this;
  }

  /// One node has this many slots; with none it is closed.
  void slots(int slots) {
    tell(new RunCommand.HeadroomChanged(Nodes.view(slots)));
  }

  /// Looks until there is nothing more to be done, as it does by itself a little later.
  void look() {
    for (var before = -1; before != journal().size(); ) {
      before = journal().size();
      tell(new RunCommand.Tick());
    }
  }

  WorkerReported reported(String worker, int epoch, WorkerPhase phase) {
    return new WorkerReported(worker, status(phase, epoch));
  }

  void report(String worker, int epoch, WorkerPhase phase) {
    tell(reported(worker, epoch, phase));
    tell(new RunCommand.Tick()); // until then it is not journalled
  }

  void settle(String worker, WorkerPhase phase) {
    report(worker, carried().member(worker).epoch(), phase);
    look();
  }

  /// A worker asks for sub-workers by one step.
  StatusReply<Spawned> spawn(String parent, int ordinal, SubTask... tasks) {
    now = now.plusMillis(1);
    var known = state() instanceof Carried carried ? carried.members().get(parent) : null;
    var epoch = known == null ? 0 : known.epoch();
    return supervisor
        .<StatusReply<Spawned>>runCommand(
            to -> new RunCommand.Spawn(parent, epoch, ordinal, List.of(tasks), to))
        .reply();
  }

  /// The same, where the answer may come later.
  TestProbe<StatusReply<Spawned>> asked(String parent, int ordinal, SubTask... tasks) {
    TestProbe<StatusReply<Spawned>> asker = actors.createTestProbe();
    var epoch = carried().member(parent).epoch();
    tell(new RunCommand.Spawn(parent, epoch, ordinal, List.of(tasks), asker.ref()));
    return asker;
  }

  void decide(String approval, Decision decision) {
    tell(new RunCommand.WaveDecided(approval, decision, "because"));
  }

  /// The gate has taken the request for a wave.
  void answer(int wave, String approval, Decision decision) {
    tell(new RunCommand.GateAnswered(wave, decided(wave, approval, decision)));
  }

  void answerUndecided(int wave, String approval) {
    tell(new RunCommand.GateAnswered(wave, view(wave, approval)));
  }

  ApprovalView view(int wave, String id) {
    var request = WaveGates.request(carried(), wave);
    return new ApprovalView(id, run, request, false, now, now, null, null, null, null, false, null);
  }

  private ApprovalView decided(int wave, String id, Decision how) {
    var request = WaveGates.request(carried(), wave);
    return new ApprovalView(
        id, run, request, false, now, now, how, "muster", "because", now, false, null);
  }

  private WorkerStatus status(WorkerPhase phase, int epoch) {
    var end = phase.settled() ? now : null;
    return new WorkerStatus(phase, epoch, 1, 0, null, null, List.of(), List.of(), false, now, end);
  }
}

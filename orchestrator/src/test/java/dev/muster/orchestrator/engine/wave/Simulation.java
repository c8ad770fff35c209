package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A run without actors: the real state, policy and consequences, and a random world around them.
/// After every batch of events the state is rebuilt from the journal, as a crash would.
final class Simulation {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  /// Where workers of random plans may write.
  private static final List<String> PLACES =
      List.of("src", "src/api", "src/api/a.py", "src/web", "docs/b.md", "a");

  final List<RunEvent> journal = new ArrayList<>();
  final Live live = new Live();
  private final SplittableRandom random;
  Carried state;
  Release release = Release.NOTHING;
  private Instant now = T0;

  Simulation(RunPlan plan, SplittableRandom random) {
    this.random = random;
    var created = new RunCreated("run_1", plan, settings(), T0);
    state = Carried.of(created, plan);
    journal.add(created);
  }

  static RunSettings settings() {
    return new RunSettings(
        "/f", "/t", "/r", List.of(), ApprovalPolicy.ALL, Duration.ofHours(1), false, 3);
  }

  void persist(List<? extends RunEvent> causes) {
    now = now.plusMillis(random.nextInt(1, 1000));
    journal.addAll(Consequences.of(state, causes, 0, now));
    recover();
  }

  private void recover() {
    RunState replayed = new RunState.Absent();
    for (var event : journal) replayed = replayed.evolve(event, _ -> null);
    state = (Carried) replayed;
  }

  /// The supervisor looks with this much headroom.
  void look(int capacity) {
    var headroom =
        new Headroom(
            List.of(
                new Headroom.Room(
                    "node-a",
                    capacity,
                    List.of(),
                    null,
                    capacity > 0 ? List.of() : List.of("CPU 99% ≥ 80%"))));
    look(headroom);
  }

  void look(Headroom headroom) {
    release = ReleasePolicy.next(state, live, headroom);
    var events = release.events(state, now);
    release.gates().forEach(wave -> events.add(new WaveGateRequested(wave, "apr_1_" + wave, now)));
    if (!events.isEmpty()) persist(events);
  }

  void decide(int wave, dev.muster.protocol.approval.Decision decision) {
    persist(List.of(new WaveGateDecided(wave, decision, "because", now)));
  }

  /// A worker under way reports from a node.
  void says(String worker, WorkerPhase phase, String node) {
    says(worker, phase, node, false);
  }

  /// @param talks whether it works by a model
  void says(String worker, WorkerPhase phase, String node, boolean talks) {
    says(worker, status(worker, phase, node, null), talks);
  }

  void says(String worker, WorkerStatus status, boolean talks) {
    live.put(state.run(), state.member(worker), status, talks);
  }

  /// It waits for models, without a slot.
  void parks(String worker, String why) {
    says(worker, status(worker, WorkerPhase.BACKOFF, null, why), true);
  }

  List<Hold> holds() {
    return RunStatuses.of(state, live, release, false, 0, now).holds();
  }

  /// A released worker ends in some way.
  void settle(String worker, WorkerPhase how) {
    live.remove(worker);
    persist(List.of(new WorkerSettled(worker, status(worker, how, null, null), now)));
  }

  private WorkerStatus status(
      String worker, WorkerPhase phase, @Nullable String node, @Nullable String detail) {
    return new WorkerStatus(
        phase,
        state.member(worker).epoch(),
        1,
        0,
        node,
        detail,
        List.of(),
        List.of(),
        false,
        now,
        now);
  }

  /// Anything that can happen next, happens.
  void step(int failuresPercent) {
    look(random.nextInt(4) == 0 ? 0 : random.nextInt(1, 9));
    var underWay = state.inOrder().filter(Member::underWay).toList();
    if (!underWay.isEmpty()) {
      var member = underWay.get(random.nextInt(underWay.size()));
      if (random.nextInt(3) == 0) {
        says(member.id(), WorkerPhase.AWAITING_APPROVAL, "node-a");
      } else {
        var fails = random.nextInt(100) < failuresPercent;
        settle(member.id(), fails ? WorkerPhase.FAILED : WorkerPhase.COMPLETED);
      }
    }
  }

  static RunPlan plan(SplittableRandom random) {
    List<RunPlan.Wave> waves = new ArrayList<>();
    List<Planned> workers = new ArrayList<>();
    var waveCount = random.nextInt(1, 6);
    for (var wave = 1; wave <= waveCount; wave++) {
      waves.add(
          new RunPlan.Wave(
              wave, "wave " + wave, random.nextInt(1, 6), false, FailurePolicy.CONTINUE));
      for (var n = random.nextInt(1, 8); n > 0; n--) {
        var id = "WORKER_%03d".formatted(workers.size() + 1);
        var dependencies =
            workers.stream().map(Planned::id).filter(_ -> random.nextInt(6) == 0).toList();
        var writes = PLACES.stream().filter(_ -> random.nextInt(9) == 0).toList();
        workers.add(
            new Planned(
                id, id, wave, "d", dependencies, null, List.of(), !writes.isEmpty(), writes));
      }
    }
    return new RunPlan("w", waves, workers, null);
  }
}

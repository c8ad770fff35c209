package dev.muster.orchestrator.readside.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.Hold;
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
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.view.ResultsView;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Seconds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the journal says about one run, but for its workers and approvals, of whom it only has the
/// counts: it does not grow with them. It is kept as its fields are.
final class RunProjection {
  private final String run;

  /// Without its workers.
  private final RunPlan plan;

  private RunSettings settings;
  private final Instant startedAt;

  /// Of the run's own events and of its gate's, the last that was taken in.
  private long number;

  private long gateNumber;

  /// Of the run's own events, the last that changed its plan; older tables do not know it, but
  /// every change from now on.
  private long planNumber;

  private RunCounts counts = new RunCounts();
  private GateCounts gate = new GateCounts();
  private RunStanding standing = new RunStanding();
  private TreeMap<Integer, WaveTimes> waves = new TreeMap<>();
  private int retrospectives;
  private HeadroomTimes headroom = new HeadroomTimes();
  private @Nullable ResultsView results;
  private int resumes;
  transient boolean deleting; // kept in a table of its own

  /// Ids of sub-workers, as far as they belong to the run.
  private List<String> subs = new ArrayList<>();

  private @Nullable String damage;

  RunProjection(String run, RunCreated created, RunPlan plan) {
    this(run, plan.with(List.of()), created.settings(), created.at());
    plan.waves().forEach(wave -> wave(wave.number()));
  }

  @JsonCreator
  private RunProjection(
      @JsonProperty("run") String run,
      @JsonProperty("plan") RunPlan plan,
      @JsonProperty("settings") RunSettings settings,
      @JsonProperty("startedAt") Instant startedAt) {
    this.run = run;
    this.plan = plan;
    this.settings = settings;
    this.startedAt = startedAt;
  }

  /// @param crew its workers, as far as the event concerns them
  void apply(long seq, RunEvent event, Crew crew) {
    var at = event.at();
    switch (event) {
      case RunCreated _, WaveGateRequested _ -> {}
      case WaveGateDecided it -> wave(it.wave()).launchedBy(it.launchedBy());
      case RunContinued _ -> resumes++;
      case WaveReleased released -> wave(released.wave()).released(at, standing.idle(at));
      case WaveSettled settled -> wave(settled.wave()).settled(at, standing.idle(at));
      case WorkersReleased released -> crew.each(released.workers(), WorkerProjection::released);
      case WorkerSettled(var id, var status, _) ->
          crew.each(List.of(id), worker -> worker.settled(seq, status, at));
      case WorkerBlocked(var id, var by, _) ->
          crew.each(List.of(id), worker -> worker.blocked(seq, by, at));
      case WorkerSpawned spawned -> {
        var id = spawned.worker().id();
        planNumber = number;
        subs.add(id);
        crew.each(List.of(spawned.parent()), worker -> worker.asked(id));
      }
      case RetrospectiveStored(var it, _) ->
          crew.each(
              List.of(it.worker()),
              worker -> {
                if (worker.remember(it)) retrospectives++;
              });
      case HoldBegan(var wave, var kind, var reason, _) ->
          wave(wave).holds().began(kind, reason, at);
      case HoldEnded(var wave, var kind, _) -> endHold(wave, kind, at);
      case RunPaused(var whom, _, _) -> {
        if (whom.isEmpty()) standing.pause(true, at);
      }
      case RunResumed(var whom, _, _) -> {
        if (whom.isEmpty()) standing.pause(false, at);
      }
      case RunCancelled(var whom, var by, _) -> {
        if (whom.isEmpty()) crew.eachNotBegun(worker -> worker.cancelled(seq, by, at));
        else crew.each(whom, worker -> worker.cancelled(seq, by, at));
      }
      case WorkersReopened reopened -> reopen(seq, reopened, crew);
      case RunTagged(var added, var removed, _, _) ->
          settings = settings.withTags(Tags.changed(settings.tags(), added, removed));
      case RunFinished(var phase, var samples, _) -> {
        standing.finish(phase, at);
        headroom.sampled(samples);
        results = null;
      }
      case ResultsWritten written -> results = ResultsView.of(written);
      case ResultsNotWritten failed -> results = ResultsView.of(failed);
    }
  }

  /// With new texts where there are some, and without those whom they had asked for.
  private void reopen(long seq, WorkersReopened event, Crew crew) {
    planNumber = number;
    var texts = new HashMap<String, Planned>();
    for (var text : event.texts()) texts.put(text.id(), text);
    crew.each(
        List.copyOf(texts.keySet()),
        worker -> worker.take(texts.getOrDefault(worker.planned().id(), worker.planned())));
    standing.reopen(event.at());
    var gone = subs.stream().filter(id -> isBelow(id, event.workers())).toList();
    subs.removeAll(gone);
    crew.each(gone, WorkerProjection::dismiss);
    crew.each(event.workers(), worker -> worker.reopened(seq));
  }

  private static boolean isBelow(String id, List<String> workers) {
    return workers.stream().anyMatch(it -> SubWorkerId.isBelow(id, it));
  }

  /// A worker of it changes, and with it what is counted.
  ///
  /// @param at when, by the event
  void changing(WorkerProjection worker, Instant at, Consumer<WorkerProjection> change) {
    counts.takeOut(worker);
    var wasBusy = worker.isBusy();
    change.accept(worker);
    counts.putIn(worker);
    if (worker.isBusy() != wasBusy) standing.busy(wasBusy ? -1 : 1, at);
  }

  void enlisted(WorkerProjection worker) {
    counts.putIn(worker);
  }

  void asked(Instant at) {
    gate.requested();
    standing.asked(at);
  }

  void decided(Decision decision, Instant at) {
    gate.decided(decision);
    standing.decided(at);
  }

  private void endHold(int wave, Hold.Kind kind, Instant at) {
    var holds = wave(wave).holds();
    var since = holds.since(kind);
    holds.ended(kind, at);
    if (kind == Hold.Kind.HEADROOM && since != null) headroom.closed(since, at);
  }

  private WaveTimes wave(int number) {
    return waves.computeIfAbsent(number, _ -> new WaveTimes());
  }

  /// The event of that number is the next of the run's own.
  long number() {
    return number;
  }

  void number(long number) {
    this.number = number;
  }

  long gateNumber() {
    return gateNumber;
  }

  void gateNumber(long number) {
    gateNumber = number;
  }

  boolean hasAskedModels() {
    return counts.hasAskedModels();
  }

  long planNumber() {
    return planNumber;
  }

  /// What follows an event that cannot be read means nothing.
  void damaged(String reason) {
    damage = reason;
  }

  @Nullable String damage() {
    return damage;
  }

  String run() {
    return run;
  }

  /// @param workers in the order of the plan
  RunPlan plan(List<Planned> workers) {
    return plan.with(workers);
  }

  RunSettings settings() {
    return settings;
  }

  Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant finishedAt() {
    return standing.finishedAt();
  }

  RunView view(Instant now) {
    var finishedAt = finishedAt();
    var clock = finishedAt == null ? now : finishedAt;
    var idle = standing.idle(now);
    return new RunView(
        run,
        plan.workforce(),
        phase(),
        false,
        startedAt,
        settings.startedBy(),
        finishedAt,
        Seconds.between(startedAt, finishedAt, now),
        Seconds.of(idle),
        resumes,
        RunView.Settings.of(settings),
        counts.view(),
        plan.waves().stream()
            .map(wave -> wave(wave.number()).view(wave, counts, clock, idle))
            .toList(),
        finishedAt == null ? holds() : List.of(),
        gate.view(),
        new RunView.Retrospectives(retrospectives),
        counts.successRate(plan.scope().leftOut().size()),
        counts.testPassRate(),
        headroom.view(),
        RunView.Scope.of(plan.scope()),
        results,
        null,
        counts.spend(),
        deleting);
  }

  private List<Hold> holds() {
    return waves.entrySet().stream()
        .flatMap(wave -> wave.getValue().holds().now(wave.getKey()).stream())
        .toList();
  }

  RunPhase phase() {
    return standing.phase(gate.pending(), counts.running());
  }
}

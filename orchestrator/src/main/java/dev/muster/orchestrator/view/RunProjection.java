package dev.muster.orchestrator.view;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.Retrospective;
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
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the journal says about one run: its own events, its gate's and its workers'.
///
/// Events of one origin must come in order. Origins may be read one after the other. Not safe for
/// threads: [RunViews] guards it.
final class RunProjection {
  private final String run;
  private RunPlan plan;
  private final RunSettings settings;
  private final Instant startedAt;
  private final RunView.Scope scope;
  private final GateProjection gate;
  private final Map<String, WorkerProjection> workers = new LinkedHashMap<>();
  private final Map<Integer, WaveTimes> waves = new TreeMap<>();
  private final Map<String, Retrospective> retrospectives = new LinkedHashMap<>();

  /// Who has settled since somebody last looked whether their own ends had been read.
  private final List<String> settled = new ArrayList<>();

  private long headroomSamples;
  private Duration headroomClosed = Duration.ZERO;
  private @Nullable Instant headroomClosedUntil;
  private @Nullable RunPhase finished;
  private @Nullable Instant finishedAt;
  private RunView.@Nullable Results results;
  private final List<Span> pauses = new ArrayList<>();
  private @Nullable Instant pausedSince;
  private boolean paused;
  private int resumes;

  private static final class WaveTimes {
    private final HoldTimes holds = new HoldTimes();
    private @Nullable Instant releasedAt;
    private @Nullable Instant settledAt;
  }

  RunProjection(RunCreated created) {
    run = created.run();
    plan = created.plan();
    settings = created.settings();
    startedAt = created.at();
    scope = RunView.Scope.of(plan.scope());
    gate = new GateProjection(run);
    plan.workers().forEach(planned -> workers.put(planned.id(), new WorkerProjection(planned)));
    plan.waves().forEach(wave -> wave(wave.number()));
  }

  void apply(long seq, RunEvent event) {
    var at = event.at();
    switch (event) {
      case RunCreated _, WaveGateRequested _, WaveGateDecided _ -> {}
      case RunContinued _ -> resumes++;
      case WaveReleased released -> wave(released.wave()).releasedAt = at;
      case WaveSettled settled -> wave(settled.wave()).settledAt = at;
      case WorkersReleased released -> each(released.workers(), WorkerProjection::released);
      case WorkerSettled(var id, var status, _) -> {
        each(List.of(id), worker -> worker.settled(seq, status, at));
        settled.add(id);
      }
      case WorkerBlocked(var id, var by, _) ->
          each(List.of(id), worker -> worker.blocked(seq, by, at));
      case RetrospectiveStored(var retrospective, _) ->
          retrospectives.put(retrospective.worker(), retrospective);
      case HoldBegan(var wave, var kind, var reason, _) -> wave(wave).holds.began(kind, reason, at);
      case HoldEnded(var wave, var kind, _) -> endHold(wave, kind, at);
      case RunPaused(var whom, _, _) -> {
        paused |= whom.isEmpty();
        if (paused && pausedSince == null) pausedSince = at;
      }
      case RunResumed(var whom, _, _) -> {
        paused &= !whom.isEmpty();
        if (!paused && pausedSince != null) pauses.add(new Span(pausedSince, at));
        if (!paused) pausedSince = null;
      }
      case RunCancelled(var whom, var by, _) ->
          each(whom.isEmpty() ? workers.keySet() : whom, w -> w.cancelled(seq, by, at));
      case WorkersReopened(var whom, _, _, var texts) -> {
        take(texts);
        reopen(seq, whom, at);
      }
      case RunFinished(var phase, var samples, _) -> {
        finished = phase;
        headroomSamples = samples;
        finishedAt = at;
        results = null;
      }
      case ResultsWritten written -> results = RunView.Results.of(written);
      case ResultsNotWritten failed -> results = RunView.Results.of(failed);
    }
  }

  private void endHold(int wave, Hold.Kind kind, Instant at) {
    var holds = wave(wave).holds;
    var since = holds.since(kind);
    holds.ended(kind, at);
    if (kind != Hold.Kind.HEADROOM || since == null) return;
    var counted = headroomClosedUntil;
    var from = counted != null && counted.isAfter(since) ? counted : since;
    if (at.isAfter(from)) {
      headroomClosed = headroomClosed.plus(Duration.between(from, at));
      headroomClosedUntil = at;
    }
  }

  private void take(List<Planned> texts) {
    if (texts.isEmpty()) return;
    for (var text : texts) each(List.of(text.id()), worker -> worker.take(text));
    var now = workers.values().stream().map(WorkerProjection::planned).toList();
    plan = new RunPlan(plan.workforce(), plan.waves(), now, plan.limits(), plan.scope());
  }

  private void reopen(long seq, List<String> whom, Instant at) {
    if (finishedAt != null) pauses.add(new Span(finishedAt, at));
    finished = null;
    finishedAt = null;
    each(whom, worker -> worker.reopened(seq));
  }

  private WaveTimes wave(int number) {
    return waves.computeIfAbsent(number, _ -> new WaveTimes());
  }

  private void each(Collection<String> ids, Consumer<WorkerProjection> change) {
    for (var id : ids) {
      var worker = workers.get(id);
      if (worker != null) change.accept(worker);
    }
  }

  /// Workers whose run knows of an end that has not been read; each is told once.
  List<String> takeLackingEnds() {
    var lacking = settled.stream().distinct().filter(this::lacksItsEnd).toList();
    settled.clear();
    return lacking;
  }

  private boolean lacksItsEnd(String id) {
    var worker = workers.get(id);
    return worker != null && worker.lacksItsEnd();
  }

  GateProjection gate() {
    return gate;
  }

  @Nullable WorkerProjection worker(String id) {
    return workers.get(id);
  }

  Collection<WorkerProjection> workers() {
    return workers.values();
  }

  RunPlan plan() {
    return plan;
  }

  RunSettings settings() {
    return settings;
  }

  @Nullable RetrospectiveView retrospective(String worker) {
    var stored = retrospectives.get(worker);
    return stored == null ? null : RetrospectiveView.of(stored);
  }

  boolean finished() {
    return finished != null;
  }

  RunView view(Instant now) {
    var counts = new RunCounts(workers.values());
    var ended = finishedAt;
    var clock = ended == null ? now : ended;
    var waits = waits(clock);
    var busy = waits.isEmpty() ? List.<Span>of() : busy(clock);
    return new RunView(
        run,
        plan.workforce(),
        phase(counts),
        false,
        startedAt,
        ended,
        Seconds.between(startedAt, ended, now),
        Seconds.of(Span.idle(waits, busy, new Span(startedAt, clock))),
        resumes,
        new RunView.Settings(
            settings.folder(),
            settings.target(),
            settings.results(),
            settings.approve().name().toLowerCase(Locale.ROOT),
            settings.rehearse(),
            settings.attemptsMax()),
        counts.view(),
        plan.waves().stream().map(wave -> waveView(wave, counts, clock, waits, busy)).toList(),
        finished == null ? holds() : List.of(),
        gate.counts(),
        new RunView.Retrospectives(retrospectives.size()),
        counts.successRate(scope.leftOut().total()),
        counts.testPassRate(),
        new RunView.Headroom(headroomSamples, Seconds.of(headroomClosed)),
        scope,
        results,
        null);
  }

  private List<Hold> holds() {
    return waves.entrySet().stream()
        .flatMap(wave -> wave.getValue().holds.now(wave.getKey()).stream())
        .toList();
  }

  /// When people were waited for: operations and waves that were asked for, pauses, and the time
  /// from an end to a retry.
  private List<Span> waits(Instant now) {
    var waits = new ArrayList<>(pauses);
    if (pausedSince != null) waits.add(new Span(pausedSince, now));
    gate.waits(now, waits);
    return waits;
  }

  private List<Span> busy(Instant now) {
    var busy = new ArrayList<Span>();
    workers.values().forEach(worker -> worker.busy(now, busy));
    return busy;
  }

  private RunView.Wave waveView(
      RunPlan.Wave planned, RunCounts counts, Instant clock, List<Span> waits, List<Span> busy) {
    var times = wave(planned.number());
    var released = times.releasedAt;
    var settled = times.settledAt == null ? clock : times.settledAt;
    var waited =
        released == null ? Duration.ZERO : Span.idle(waits, busy, new Span(released, settled));
    return new RunView.Wave(
        planned.number(),
        planned.name(),
        counts.total(planned.number()),
        counts.completed(planned.number()),
        counts.weak(planned.number()),
        counts.settled(planned.number()),
        times.releasedAt,
        times.settledAt,
        Seconds.of(waited),
        times.holds.until(clock));
  }

  /// HELD is nowhere in the journal: nothing runs, and a decision is all that can change that.
  private RunPhase phase(RunCounts counts) {
    if (finished != null) return finished;
    if (paused) return RunPhase.PAUSED;
    var asked = gate.counts().pending() > 0;
    return asked && counts.view().running() == 0 ? RunPhase.HELD : RunPhase.RUNNING;
  }
}

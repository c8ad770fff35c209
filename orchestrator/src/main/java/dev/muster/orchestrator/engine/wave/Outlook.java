package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a supervisor has seen and never journals: after a crash it looks again.
final class Outlook {
  /// A node that restarts, or joins a moment after the others, is waited for.
  private static final Duration UNPLACED_AFTER = Duration.ofSeconds(20);

  private final Live live = new Live();
  private final Ends ends = new Ends();
  private ClusterView cluster = new ClusterView(List.of(), 0);

  /// Reports that were none of this run's, since they came before it looked; -1 until it has.
  private long samplesBefore = -1;

  private Release release = Release.NOTHING;

  /// Since when some worker is held because no node offers what it needs; null while none is.
  private @Nullable Instant unplacedSince;

  private @Nullable RunPhase summarised;

  void see(ClusterView view) {
    if (samplesBefore < 0) samplesBefore = view.samples();
    cluster = view;
  }

  void hear(Carried state, WorkerReported report) {
    var status = report.status();
    if (status.phase().settled()) {
      live.remove(report.worker());
      ends.hear(report);
    } else {
      var member = state.member(report.worker());
      live.put(state.run(), member, status, report.talks());
    }
  }

  /// More has ended than one round takes.
  boolean hasMore() {
    return !ends.isEmpty();
  }

  /// @param goesOn whether anything may be released
  Round round(Carried state, boolean goesOn, Instant now) {
    var samples = headroomSamples();
    var ended = WorkerReports.settled(state, ends.next(), now);
    var settled = Consequences.outcome(state, ended, samples, now);
    var decided = look(settled.state(), now);
    return goesOn && !settled.state().finished()
        ? Round.of(settled, decided, samples, now)
        : Round.of(settled);
  }

  /// Decides anew what may go on, and remembers it for whoever asks.
  Release look(Carried state, Instant now) {
    release = ReleasePolicy.next(state, live, headroom(state));
    if (!release.isHeldBy(Hold.Kind.PLACEMENT)) unplacedSince = null;
    else if (unplacedSince == null) unplacedSince = now;
    return release;
  }

  Headroom headroom(Carried state) {
    var settings = state.created().settings();
    if (settings.rehearse()) return Headroom.ofRehearsal(cluster);
    var headroom = Headroom.of(cluster, state.plan().limits());
    return settings.replayed() == null ? headroom : headroom.withoutModels();
  }

  long headroomSamples() {
    return samplesBefore < 0 ? 0 : cluster.samples() - samplesBefore;
  }

  RunStatus status(Carried state, Instant now) {
    return RunStatuses.of(state, live, release, unplaced(now), headroomSamples(), now);
  }

  /// Not null once each time the run comes to an end, or to where only a person can help.
  @Nullable RunStatus summaryIfDue(Carried state, Instant now) {
    var phase = RunStatuses.phase(state, live, release, unplaced(now));
    var due = phase.finished() || phase == RunPhase.HELD;
    var before = summarised;
    summarised = due ? phase : null;
    return due && phase != before ? status(state, now) : null;
  }

  private boolean unplaced(Instant now) {
    var since = unplacedSince;
    return since != null && Duration.between(since, now).compareTo(UNPLACED_AFTER) >= 0;
  }

  /// Of a run that had ended when it was recovered: what is still owed of its results is found by
  /// whoever looks for that, and nothing is written again since somebody has tagged it.
  void leaveSummary(Carried state) {
    summarised = state.finish() == null ? null : state.finish().phase();
  }

  void forgetSummary() {
    summarised = null;
  }
}

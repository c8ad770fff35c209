package dev.muster.orchestrator.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.RunStatus.HeldFor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as people and programs see it.
///
/// @param live whether its supervisor answered: without it nobody carries the run on this side, and
///   the holds of this moment are not known
/// @param holds why nothing (more) is released at this moment, in words
/// @param successRate completed workers of all workers, 0 to 1
/// @param testPassRate passed tests of all that the latest verdicts rest on, 0 to 1; null when no
///   test ran
/// @param sandbox how the node that answers confines scripts; null where none are run
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
    String id,
    String workforce,
    RunPhase state,
    boolean live,
    Instant startedAt,
    @Nullable Instant finishedAt,
    double durationSeconds,
    int resumes,
    Settings settings,
    Workers workers,
    List<Wave> waves,
    List<Hold> holds,
    Approvals approvals,
    Retrospectives retrospectives,
    double successRate,
    @Nullable Double testPassRate,
    Headroom headroom,
    @Nullable Sandbox sandbox) {
  public RunView {
    waves = List.copyOf(waves);
    holds = List.copyOf(holds);
  }

  /// @param approve `none`, `low` or `all`, as on the command line
  public record Settings(
      String folder,
      String target,
      String results,
      String approve,
      boolean rehearse,
      int attemptsMax) {}

  /// completed + failed + blocked + cancelled + rehearsed + held + waiting + running = total.
  public record Workers(
      int total,
      int completed,
      int failed,
      int blocked,
      int cancelled,
      int held,
      int waiting,
      int rehearsed,
      int running) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Wave(
      int wave,
      String name,
      int total,
      int completed,
      int settled,
      @Nullable Instant releasedAt,
      @Nullable Instant settledAt,
      List<HeldFor> holds) {
    public Wave {
      holds = List.copyOf(holds);
    }
  }

  /// @param closed nobody needed an answer any more
  public record Approvals(
      int requested,
      int approved,
      int autoApproved,
      int rejected,
      int expired,
      int closed,
      int pending) {}

  public record Retrospectives(int stored) {}

  /// @param samples headroom reports seen while it ran
  /// @param closedSeconds how long no node had headroom while it ran
  public record Headroom(long samples, double closedSeconds) {}

  /// @param kind in words
  /// @param warning loud words where scripts are not confined; null where they are
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Sandbox(String kind, @Nullable String warning) {}

  /// With what the supervisor says. It knows what holds the run at this moment, and it is ahead of
  /// the journal's readers by the time of a commit: where both speak, it is right, unless it has
  /// only been woken to be looked at.
  public RunView with(RunStatus status) {
    if (!status.carried()) return this;
    var end = status.finishedAt();
    return new RunView(
        id,
        workforce,
        status.phase(),
        true,
        startedAt,
        end,
        end == null ? durationSeconds : Seconds.between(startedAt, end, end),
        status.resumes(),
        settings,
        workers(status.counts()),
        status.waves().stream().map(RunView::wave).toList(),
        status.holds(),
        approvals,
        new Retrospectives(status.retrospectives()),
        RunCounts.thousandths(status.counts().completed(), status.counts().total()),
        testPassRate,
        new Headroom(status.headroomSamples(), status.headroomClosedSeconds()),
        sandbox);
  }

  public RunView in(@Nullable Sandbox where) {
    return new RunView(
        id,
        workforce,
        state,
        live,
        startedAt,
        finishedAt,
        durationSeconds,
        resumes,
        settings,
        workers,
        waves,
        holds,
        approvals,
        retrospectives,
        successRate,
        testPassRate,
        headroom,
        where);
  }

  private static Workers workers(RunStatus.Counts counts) {
    return new Workers(
        counts.total(),
        counts.completed(),
        counts.failed(),
        counts.blocked(),
        counts.cancelled(),
        counts.held(),
        counts.waiting(),
        counts.rehearsed(),
        counts.running());
  }

  private static Wave wave(RunStatus.Wave wave) {
    return new Wave(
        wave.wave(),
        wave.name(),
        wave.total(),
        wave.completed(),
        wave.settled(),
        wave.releasedAt(),
        wave.settledAt(),
        wave.holds().stream().map(hold -> new HeldFor(hold.reason(), hold.seconds())).toList());
  }
}

package dev.muster.protocol.run;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as its supervisor describes it now.
///
/// @param holds why nothing (more) is released at this moment, in words
/// @param resumes how often it was taken up again after a crash or a stop
/// @param headroomSamples headroom reports seen while it ran
/// @param headroomClosedSeconds how long no node had headroom while it ran
/// @param carried false when it was only looked up: how its workers stand is then in the journal,
///   and nobody knows more
public record RunStatus(
    String run,
    String workforce,
    RunPhase phase,
    RunSettings settings,
    Instant startedAt,
    @Nullable Instant finishedAt,
    int resumes,
    Counts counts,
    List<Wave> waves,
    List<Hold> holds,
    int retrospectives,
    long headroomSamples,
    double headroomClosedSeconds,
    boolean carried)
    implements CborSerializable {
  public RunStatus {
    waves = List.copyOf(waves);
    holds = List.copyOf(holds);
  }

  public RunStatus carried(boolean whether) {
    return new RunStatus(
        run,
        workforce,
        phase,
        settings,
        startedAt,
        finishedAt,
        resumes,
        counts,
        waves,
        holds,
        retrospectives,
        headroomSamples,
        headroomClosedSeconds,
        whether);
  }

  /// completed + failed + blocked + cancelled + rehearsed + held + waiting + running = total.
  public record Counts(
      int total,
      int completed,
      int failed,
      int blocked,
      int cancelled,
      int held,
      int waiting,
      int rehearsed,
      int running) {}

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

  public record HeldFor(String reason, double seconds) {}
}

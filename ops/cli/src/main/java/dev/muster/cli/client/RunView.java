package dev.muster.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.protocol.run.RunPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as a node describes it.
///
/// @param live false when no supervisor answers: nobody carries the run on at this moment
/// @param testPassRate null when no test ran
/// @param findings what the linter and the plan had to say when it was created
public record RunView(
    String id,
    String workforce,
    RunPhase state,
    @Nullable Boolean live,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    double durationSeconds,
    int resumes,
    @Nullable Settings settings,
    Workers workers,
    List<Wave> waves,
    List<Hold> holds,
    Approvals approvals,
    @Nullable Map<String, Integer> retrospectives,
    double successRate,
    @Nullable Double testPassRate,
    @Nullable Headroom headroom,
    List<JsonNode> findings,
    @Nullable Sandbox sandbox) {
  public RunView {
    workers = workers == null ? new Workers(0, 0, 0, 0, 0, 0, 0, 0, 0) : workers;
    waves = waves == null ? List.of() : List.copyOf(waves);
    holds = holds == null ? List.of() : List.copyOf(holds);
    approvals = approvals == null ? new Approvals(0, 0, 0, 0, 0, 0, 0) : approvals;
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /// The state, with a word more when nobody is there to change it.
  public String standing() {
    return Boolean.FALSE.equals(live) && state == RunPhase.RUNNING
        ? "RUNNING (no node carries it)"
        : state.name();
  }

  public record Settings(
      @Nullable String folder,
      @Nullable String target,
      @Nullable String results,
      @Nullable String approve,
      boolean rehearse) {}

  /// The parts add up to `total`.
  public record Workers(
      int total,
      int completed,
      int failed,
      int blocked,
      int cancelled,
      int held,
      int waiting,
      int rehearsed,
      int running) {
    public int settled() {
      return completed + failed + blocked + cancelled + rehearsed;
    }
  }

  public record Wave(
      int wave,
      @Nullable String name,
      int total,
      int completed,
      int settled,
      @Nullable Instant releasedAt,
      @Nullable Instant settledAt,
      List<HeldFor> holds) {
    public Wave {
      holds = holds == null ? List.of() : List.copyOf(holds);
    }
  }

  public record HeldFor(String reason, double seconds) {}

  /// Why something is not released at this moment.
  public record Hold(int wave, @Nullable String subject, @Nullable String kind, String reason) {}

  public record Approvals(
      int requested,
      int approved,
      int autoApproved,
      int rejected,
      int expired,
      int closed,
      int pending) {}

  public record Headroom(long samples, double closedSeconds) {}

  /// @param warning what is less safe on this host than it should be; null when nothing is
  public record Sandbox(@Nullable String kind, @Nullable String warning) {}
}

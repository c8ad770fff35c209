package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.instruction.Risk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One approval as people and programs see it.
///
/// @param run null for outside callers
/// @param worker who asks: a worker id, `wave 3`, or the name an outside caller gave
/// @param why in the own words of whoever asks; null when it does not say
/// @param mayHaveRun a crash left the outcome unknown, and nothing else can tell
/// @param bound what its digest covers; null for what runs nothing here, and of old runs
/// @param consumed the operation was started
/// @param askedBy who the API knows to have asked on behalf of a program; else null
/// @param askedPerson who is behind that
/// @param votes who has approved, where it takes several people
/// @param escalatedAt when others were asked besides, since nobody had answered; else null
/// @param standsUntil when the decision of an outside caller's operation ends by time; else null
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Approval(
    String id,
    @Nullable String run,
    String worker,
    String kind,
    Risk risk,
    String consequence,
    @Nullable String why,
    String script,
    List<String> writes,
    boolean network,
    String workingFolder,
    @Nullable String check,
    String digest,
    @Nullable Bound bound,
    boolean mayHaveRun,
    Instant requestedAt,
    Instant deadline,
    State state,
    @Nullable String decidedBy,
    @Nullable String reason,
    @Nullable Instant decidedAt,
    boolean consumed,
    @Nullable Instant standsUntil,
    @Nullable Outcome outcome,
    @Nullable String askedBy,
    @JsonIgnore @Nullable String askedPerson,
    List<Vote> votes,
    @Nullable Instant escalatedAt) {
  public Approval {
    votes = List.copyOf(votes);
    writes = List.copyOf(writes);
  }

  /// Nobody has decided yet.
  public boolean pending() {
    return state == State.PENDING;
  }

  /// How it stands: undecided, or the decision.
  public enum State {
    PENDING,
    APPROVED,
    AUTO_APPROVED,
    REJECTED,
    EXPIRED,
    CLOSED
  }

  /// @param reads what it says that it reads of the target
  /// @param covers how much content the digest covers, one line a place
  /// @param files of that content, those that were declared first
  /// @param changes what is different from what was asked about before
  /// @param preview SHA-256 of what the runtime foresees; null when it has not looked
  /// @param afterCrash who tells after a crash whether it has happened; null where only `check`
  ///   does
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Bound(
      List<String> reads,
      List<String> covers,
      List<BoundFile> files,
      List<String> changes,
      @Nullable String preview,
      @Nullable String afterCrash) {
    static @Nullable Bound of(@Nullable Binding binding) {
      return binding == null
          ? null
          : new Bound(
              binding.reads(),
              binding.covers(),
              binding.files().stream().map(BoundFile::of).toList(),
              binding.changes(),
              binding.preview(),
              binding.afterCrash());
    }
  }

  /// @param place where it lies: `workspace`, `target`, or a folder
  /// @param sha256 null for a link
  /// @param text its content, when it was declared and can be read; else null
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record BoundFile(
      String place, String path, @Nullable String sha256, long bytes, @Nullable String text) {
    static BoundFile of(Binding.BoundFile file) {
      var sha256 = file.sha256().isEmpty() ? null : file.sha256();
      return new BoundFile(file.place(), file.path(), sha256, file.bytes(), file.text());
    }
  }

  /// @param checked found out by the operation's `check` after a crash
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Outcome(
      int exitCode,
      double durationSeconds,
      String outputSha256,
      long outputBytes,
      @Nullable String note,
      int attempt,
      boolean checked) {
    static Outcome of(OperationOutcome outcome) {
      var result = outcome.result();
      return new Outcome(
          result.exitCode(),
          Seconds.of(result.duration()),
          result.outputSha256(),
          result.outputBytes(),
          result.note(),
          outcome.attempt(),
          outcome.checked());
    }
  }

  public static Approval of(ApprovalView view) {
    var operation = view.operation();
    var decision = view.decision();
    var outcome = view.outcome();
    var asker = view.people().asker();
    return new Approval(
        view.id(),
        view.run(),
        operation.worker(),
        operation.kind(),
        operation.risk(),
        operation.consequence(),
        operation.why(),
        operation.script(),
        operation.writes(),
        operation.network(),
        operation.workingFolder(),
        operation.check(),
        operation.digest(),
        Bound.of(operation.bound()),
        view.mayHaveRun(),
        view.requestedAt(),
        view.deadline(),
        decision == null ? State.PENDING : State.valueOf(decision.name()),
        view.decidedBy(),
        view.reason(),
        view.decidedAt(),
        view.consumed(),
        view.standsUntil(),
        outcome == null ? null : Outcome.of(outcome),
        asker == null ? null : asker.name(),
        asker == null ? null : asker.person(),
        view.people().votes().stream().map(Vote::of).toList(),
        view.people().escalatedAt());
  }

  /// One of the people it takes.
  ///
  /// @param person who is behind that name
  /// @param people how many it takes, with one more for each whose voice no longer counted
  public record Vote(
      String by, @JsonIgnore @Nullable String person, String reason, int people, Instant at) {
    static Vote of(People.Vote vote) {
      return new Vote(vote.by().name(), vote.by().person(), vote.reason(), vote.of(), vote.at());
    }
  }
}

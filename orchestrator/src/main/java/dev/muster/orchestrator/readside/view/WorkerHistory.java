package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.view.Seconds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker went through, attempt by attempt, over all its retries.
///
/// @param steps the latest of them, at most 1,000
/// @param receipt of the latest verdict; null when no attempt got as far as its tests
/// @param failures why tries failed, oldest first
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkerHistory(
    List<Attempt> attempts,
    List<StepView> steps,
    List<Operation> operations,
    List<String> failures,
    @Nullable ReceiptView receipt) {
  public WorkerHistory {
    attempts = List.copyOf(attempts);
    steps = List.copyOf(steps);
    operations = List.copyOf(operations);
    failures = List.copyOf(failures);
  }

  /// How an attempt ended.
  public enum End {
    COMPLETED,
    FAILED,
    INTERRUPTED,
    CANCELLED
  }

  /// @param end null while it runs
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Attempt(
      int attempt,
      String node,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Double durationSeconds,
      @Nullable End end,
      @Nullable String reason) {
    Attempt ended(End end, @Nullable String reason, Instant at) {
      return new Attempt(
          attempt, node, startedAt, at, Seconds.between(startedAt, at, at), end, reason);
    }
  }

  /// @param decision null while nobody has decided
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Operation(
      String approval,
      int ordinal,
      String kind,
      String digest,
      Instant heldAt,
      @Nullable Decision decision,
      @Nullable String reason,
      @Nullable Instant decidedAt) {
    Operation decided(Decision decision, String reason, Instant at) {
      return new Operation(approval, ordinal, kind, digest, heldAt, decision, reason, at);
    }
  }

  public static WorkerHistory of(Iterable<JournalRow> rows) {
    var fold = new WorkerHistoryFold();
    rows.forEach(fold::apply);
    return fold.history();
  }
}

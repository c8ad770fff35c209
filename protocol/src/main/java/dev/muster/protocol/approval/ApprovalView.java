package dev.muster.protocol.approval;

import dev.muster.protocol.CborSerializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One approval as operators see it.
///
/// @param id `apr_<run>_<hash>`
/// @param run null for outside callers
/// @param decision null while nobody has decided
/// @param mayHaveRun true when a crash left the outcome unknown and nothing else could tell
/// @param outcome null until the operation ran
/// @param people who asked it, and who has approved so far
public record ApprovalView(
    String id,
    @Nullable String run,
    OperationRequest operation,
    boolean mayHaveRun,
    Instant requestedAt,
    Instant deadline,
    @Nullable Decision decision,
    @Nullable String decidedBy,
    @Nullable String reason,
    @Nullable Instant decidedAt,
    boolean consumed,
    @Nullable OperationOutcome outcome,
    People people)
    implements CborSerializable {
  public ApprovalView(
      String id,
      @Nullable String run,
      OperationRequest operation,
      boolean mayHaveRun,
      Instant requestedAt,
      Instant deadline,
      @Nullable Decision decision,
      @Nullable String decidedBy,
      @Nullable String reason,
      @Nullable Instant decidedAt,
      boolean consumed,
      @Nullable OperationOutcome outcome) {
    this(
        id,
        run,
        operation,
        mayHaveRun,
        requestedAt,
        deadline,
        decision,
        decidedBy,
        reason,
        decidedAt,
        consumed,
        outcome,
        People.NONE);
  }

  /// Until when a decision stands that an outside caller got: as long after it as the caller was
  /// ready to wait for it. Null where it does not end by time.
  public @Nullable Instant standsUntil() {
    if (run != null || decidedAt == null) return null;
    return decidedAt.plus(Duration.between(requestedAt, deadline));
  }

  public ApprovalView with(People others) {
    return with(deadline, others);
  }

  public ApprovalView until(Instant later) {
    return with(later, people);
  }

  private ApprovalView with(Instant deadline, People people) {
    return new ApprovalView(
        id,
        run,
        operation,
        mayHaveRun,
        requestedAt,
        deadline,
        decision,
        decidedBy,
        reason,
        decidedAt,
        consumed,
        outcome,
        people);
  }
}

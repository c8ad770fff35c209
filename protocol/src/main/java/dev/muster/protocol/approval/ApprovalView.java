package dev.muster.protocol.approval;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One approval as operators see it.
///
/// @param id `apr_<run>_<hash>`
/// @param run null for outside callers
/// @param decision null while nobody has decided
/// @param mayHaveRun true when a crash left the outcome unknown and nothing else could tell
/// @param outcome null until the operation ran
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
    @Nullable OperationOutcome outcome)
    implements CborSerializable {}

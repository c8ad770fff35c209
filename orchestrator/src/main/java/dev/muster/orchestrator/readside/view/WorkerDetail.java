package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.protocol.view.WorkerView;
import org.jspecify.annotations.Nullable;

/// All about one worker.
///
/// @param retrospective null until the worker has settled
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkerDetail(
    @JsonUnwrapped WorkerView worker,
    String run,
    String instructionDigest,
    @JsonUnwrapped WorkerHistory history,
    @Nullable RetrospectiveView retrospective) {}

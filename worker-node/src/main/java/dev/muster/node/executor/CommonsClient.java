package dev.muster.node.executor;

import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsRequest;
import java.util.concurrent.CompletionStage;

/// What the workers of a run share, as an executor reaches it. Answers may get lost: a stage that
/// fails is asked again, and what was changed under an ordinal is not changed again.
@FunctionalInterface
public interface CommonsClient {
  /// @param ordinal of the worker's step; 0 when the request changes nothing
  CompletionStage<Told> act(String run, String worker, int ordinal, CommonsRequest request);
}

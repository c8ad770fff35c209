package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.Mandated;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Whether a decision that a gate is told was made by somebody who may make it, whoever sent the
/// message.
@FunctionalInterface
public interface Proof {
  /// Why it proves nothing, in words; null when it does.
  CompletionStage<@Nullable String> refusal(String gate, Mandated decide);
}

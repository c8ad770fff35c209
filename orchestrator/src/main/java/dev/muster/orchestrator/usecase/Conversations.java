package dev.muster.orchestrator.usecase;

import dev.muster.protocol.agent.Cassette.Exchange;
import dev.muster.protocol.view.ConversationStep.Said;
import dev.muster.protocol.view.ModelQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What agents and models said to each other. Each step is kept by a digest that the journal names.
public interface Conversations {
  /// Null when it is no longer stored.
  @Nullable Said said(String record);

  /// What the model was asked that answered with this step; null when that is no longer stored.
  @Nullable ModelQuestion asked(String record);

  /// All that models were asked and answered up to a step, in order; empty when it is no longer
  /// stored.
  List<Exchange> exchanges(String worker, String record);
}

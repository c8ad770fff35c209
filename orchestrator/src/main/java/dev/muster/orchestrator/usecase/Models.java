package dev.muster.orchestrator.usecase;

import dev.muster.protocol.view.ModelTestView;
import dev.muster.protocol.view.ModelsView;
import org.jspecify.annotations.Nullable;

/// The language models that this node can reach.
public interface Models {
  /// May block for some seconds.
  ModelsView list();

  /// Really asks for one word, which may cost something. Blocks for up to 45 s; null when no
  /// profile has that name.
  @Nullable ModelTestView test(String profile);
}

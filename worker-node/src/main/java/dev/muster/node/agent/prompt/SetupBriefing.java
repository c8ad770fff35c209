package dev.muster.node.agent.prompt;

import dev.muster.node.agent.Briefing;
import dev.muster.protocol.agent.AgentSetup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Briefs agents by what their run was given.
///
/// @param setup null in runs of an older Muster
public record SetupBriefing(@Nullable AgentSetup setup) implements Briefing {
  /// What is on a tape was asked without.
  @Override
  public boolean learns() {
    return setup == null || setup.replay() == null;
  }

  @Override
  public Words brief(Matter matter) {
    var failure = matter.lastFailure();
    var prompt =
        AgentPrompt.of(
            matter.instruction(),
            matter.inputs(),
            failure == null ? List.of() : List.of(failure),
            setup);
    return new Words(prompt.system(), prompt.user());
  }
}

/// What an agent is told before its first turn.
///
/// Begin with [AgentPrompt].
@NullMarked
package dev.muster.node.agent.prompt;

import org.jspecify.annotations.NullMarked;

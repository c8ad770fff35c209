/// What an agent is told before its first turn.
@NullMarked
package dev.muster.node.agent.prompt;

import org.jspecify.annotations.NullMarked;

/// The conversation of an agent with its model: what has happened in it, what comes next, and when
/// it has to end.
///
/// Begin with [Conversation].
@NullMarked
package dev.muster.node.agent;

import org.jspecify.annotations.NullMarked;

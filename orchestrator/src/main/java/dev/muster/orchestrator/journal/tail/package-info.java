/// The journal as rows, and its tail: who needs to know what happened is a reader of the tail.
/// Nothing here needs an actor system, so it also works while no node is running.
///
/// Begin with [Tail].
@NullMarked
package dev.muster.orchestrator.journal.tail;

import org.jspecify.annotations.NullMarked;

/// The read side: the journal as rows, as lines, and folded into what people and programs ask for.
/// Nothing here needs an actor system, so it also works while no node is running.
@NullMarked
package dev.muster.orchestrator.view;

import org.jspecify.annotations.NullMarked;

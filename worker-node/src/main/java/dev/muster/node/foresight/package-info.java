/// What can be said of an operation before it runs.
///
/// Begin with [Foresight].
@NullMarked
package dev.muster.node.foresight;

import org.jspecify.annotations.NullMarked;

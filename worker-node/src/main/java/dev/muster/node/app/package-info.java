/// Puts the working half of a node together.
///
/// Begin with [WorkerNode].
@NullMarked
package dev.muster.node.app;

import org.jspecify.annotations.NullMarked;

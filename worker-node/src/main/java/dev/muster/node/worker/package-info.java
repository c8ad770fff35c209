/// The durable worker: one instruction, from assignment to its end.
///
/// Begin with [Worker].
@NullMarked
package dev.muster.node.worker;

import org.jspecify.annotations.NullMarked;

/// One view of what every node has left.
@NullMarked
package dev.muster.orchestrator.engine.headroom;

import org.jspecify.annotations.NullMarked;

/// One view of what every node has left.
@NullMarked
package dev.muster.orchestrator.headroom;

import org.jspecify.annotations.NullMarked;

/// What a node has left, as every orchestrator is told.
@NullMarked
package dev.muster.protocol.headroom;

import org.jspecify.annotations.NullMarked;

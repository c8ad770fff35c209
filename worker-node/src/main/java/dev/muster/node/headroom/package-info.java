/// What this node has left under its limits, measured every second and told to every orchestrator.
///
/// Begin with [ResourceMonitor].
@NullMarked
package dev.muster.node.headroom;

import org.jspecify.annotations.NullMarked;

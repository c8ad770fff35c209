/// Which node hosts which workers.
///
/// Begin with [HeadroomAllocation], then [PlacementPolicy].
@NullMarked
package dev.muster.orchestrator.engine.placement;

import org.jspecify.annotations.NullMarked;

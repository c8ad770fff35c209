/// From a workforce and a wave plan to what would happen, before anything does. Pure, except that
/// [WavePlans] reads its files.
///
/// Begin with [Planner].
@NullMarked
package dev.muster.orchestrator.engine.plan;

import org.jspecify.annotations.NullMarked;

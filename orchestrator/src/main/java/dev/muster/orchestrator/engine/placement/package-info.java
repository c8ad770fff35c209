/// Which node hosts which workers.
@NullMarked
package dev.muster.orchestrator.engine.placement;

import org.jspecify.annotations.NullMarked;

/// Which node hosts which workers.
@NullMarked
package dev.muster.orchestrator.placement;

import org.jspecify.annotations.NullMarked;

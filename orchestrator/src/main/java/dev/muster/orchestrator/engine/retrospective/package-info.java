/// What a settled worker leaves behind for the next one.
@NullMarked
package dev.muster.orchestrator.engine.retrospective;

import org.jspecify.annotations.NullMarked;

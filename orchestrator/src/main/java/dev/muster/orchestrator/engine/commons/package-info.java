/// What the workers of a run share, and how they speak to one another.
@NullMarked
package dev.muster.orchestrator.engine.commons;

import org.jspecify.annotations.NullMarked;

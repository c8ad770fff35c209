/// What the workers of a run share, and how they speak to one another.
///
/// Begin with [Commons].
@NullMarked
package dev.muster.orchestrator.engine.commons;

import org.jspecify.annotations.NullMarked;

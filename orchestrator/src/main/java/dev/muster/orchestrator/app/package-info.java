/// Puts the orchestrator together.
///
/// Begin with [Orchestrator].
@NullMarked
package dev.muster.orchestrator.app;

import org.jspecify.annotations.NullMarked;

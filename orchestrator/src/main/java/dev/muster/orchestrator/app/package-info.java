/// Puts the orchestrator together.
@NullMarked
package dev.muster.orchestrator.app;

import org.jspecify.annotations.NullMarked;

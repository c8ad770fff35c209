/// Muster: see the README for what this module holds.
@NullMarked
package dev.muster.orchestrator;

import org.jspecify.annotations.NullMarked;

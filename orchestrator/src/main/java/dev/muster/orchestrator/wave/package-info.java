/// The run and its release policy.
@NullMarked
package dev.muster.orchestrator.wave;

import org.jspecify.annotations.NullMarked;

/// The run and its release policy.
@NullMarked
package dev.muster.orchestrator.engine.wave;

import org.jspecify.annotations.NullMarked;

/// The run and its release policy.
///
/// Begin with [WaveSupervisor], then [ReleasePolicy].
@NullMarked
package dev.muster.orchestrator.engine.wave;

import org.jspecify.annotations.NullMarked;

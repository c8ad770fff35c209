/// What a run leaves on disk for people: the summary, one file per worker, and the deliverables.
///
/// Begin with [ResultsWriter].
@NullMarked
package dev.muster.orchestrator.readside.result;

import org.jspecify.annotations.NullMarked;

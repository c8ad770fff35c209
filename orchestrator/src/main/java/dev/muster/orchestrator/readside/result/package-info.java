/// What a run leaves on disk for people: the summary, one file per worker, and the deliverables.
@NullMarked
package dev.muster.orchestrator.readside.result;

import org.jspecify.annotations.NullMarked;

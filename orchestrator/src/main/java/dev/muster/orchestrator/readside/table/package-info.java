/// The tables that the tail feeds, and the questions they answer: one fold for one fact, and
/// nothing folded on request.
///
/// Begin with [RunsReader], then [RunProjection].
@NullMarked
package dev.muster.orchestrator.readside.table;

import org.jspecify.annotations.NullMarked;

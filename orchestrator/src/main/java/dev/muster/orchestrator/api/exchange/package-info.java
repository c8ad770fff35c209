/// One request and its answer, and what every endpoint says alike: problems as RFC 9457, pages,
/// filters and cursors.
///
/// Begin with [Endpoint], then [Api].
@NullMarked
package dev.muster.orchestrator.api.exchange;

import org.jspecify.annotations.NullMarked;

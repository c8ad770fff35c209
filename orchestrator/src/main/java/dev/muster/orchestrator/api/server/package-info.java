/// The way of a request, from its connection to the answer.
///
/// Begin with [HttpServer].
@NullMarked
package dev.muster.orchestrator.api.server;

import org.jspecify.annotations.NullMarked;

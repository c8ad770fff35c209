/// The API: HTTP on loopback, problems as RFC 9457, and nothing decided here.
///
/// Reading goes to the journal's views; changing goes to the entities through small ports.
@NullMarked
package dev.muster.orchestrator.http;

import org.jspecify.annotations.NullMarked;

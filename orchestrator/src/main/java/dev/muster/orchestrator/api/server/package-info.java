/// The way of a request, from its connection to the answer: HTTP on loopback.
@NullMarked
package dev.muster.orchestrator.api.server;

import org.jspecify.annotations.NullMarked;

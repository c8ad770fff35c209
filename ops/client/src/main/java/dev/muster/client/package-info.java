/// Muster's HTTP API for programs on the Java platform: no actors, no server, only the JDK's own
/// HTTP client and Jackson. `Api.open(Options.at(server).token(token))` is where to begin.
@NullMarked
package dev.muster.client;

import org.jspecify.annotations.NullMarked;

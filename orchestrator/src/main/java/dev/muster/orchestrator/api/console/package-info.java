/// The web console: files that a browser gets, and nothing that it knows of runs.
@NullMarked
package dev.muster.orchestrator.api.console;

import org.jspecify.annotations.NullMarked;

/// The approval gate: holds operations until there is a decision, and makes permits.
@NullMarked
package dev.muster.orchestrator.engine.approval;

import org.jspecify.annotations.NullMarked;

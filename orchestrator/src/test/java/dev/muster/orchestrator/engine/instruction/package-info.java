@NullMarked
package dev.muster.orchestrator.engine.instruction;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.muster.orchestrator.instruction;

import org.jspecify.annotations.NullMarked;

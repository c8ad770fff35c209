@NullMarked
package dev.muster.orchestrator;

import org.jspecify.annotations.NullMarked;

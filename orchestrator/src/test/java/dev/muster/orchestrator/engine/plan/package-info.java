@NullMarked
package dev.muster.orchestrator.engine.plan;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.muster.orchestrator.plan;

import org.jspecify.annotations.NullMarked;

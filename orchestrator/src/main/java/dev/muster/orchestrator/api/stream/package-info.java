/// What changes, told as it happens.
@NullMarked
package dev.muster.orchestrator.api.stream;

import org.jspecify.annotations.NullMarked;

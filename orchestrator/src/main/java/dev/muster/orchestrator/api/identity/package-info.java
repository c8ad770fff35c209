/// Who calls, what they may do, and what is written down of it.
@NullMarked
package dev.muster.orchestrator.api.identity;

import org.jspecify.annotations.NullMarked;

/// Who calls, what they may do, and what is written down of it.
///
/// Begin with [Authority].
@NullMarked
package dev.muster.orchestrator.api.identity;

import org.jspecify.annotations.NullMarked;

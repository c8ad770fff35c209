/// What changes, told as it happens.
///
/// Begin with [Subscription], then [Feed].
@NullMarked
package dev.muster.orchestrator.api.stream;

import org.jspecify.annotations.NullMarked;

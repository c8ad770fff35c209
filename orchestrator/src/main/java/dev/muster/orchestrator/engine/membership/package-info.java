/// Which nodes belong together: a registry and a lease in the database they share, and joining by
/// what these say.
///
/// Begin with [Membership].
@NullMarked
package dev.muster.orchestrator.engine.membership;

import org.jspecify.annotations.NullMarked;

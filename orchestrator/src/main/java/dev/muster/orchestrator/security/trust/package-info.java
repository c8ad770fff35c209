/// Who may speak to a node on the nodes' own port: whoever holds a key of the same authority.
///
/// Begin with [Authority].
@NullMarked
package dev.muster.orchestrator.security.trust;

import org.jspecify.annotations.NullMarked;

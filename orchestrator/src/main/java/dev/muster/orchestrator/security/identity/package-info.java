/// Who somebody is, and what they may do.
///
/// Begin with [Identities], then [Principal].
@NullMarked
package dev.muster.orchestrator.security.identity;

import org.jspecify.annotations.NullMarked;

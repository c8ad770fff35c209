/// Which provider carries a call, when, and what came of it.
///
/// Begin with [ModelPool], then [PooledCall].
@NullMarked
package dev.muster.node.models.pool;

import org.jspecify.annotations.NullMarked;

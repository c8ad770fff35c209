/// Which provider carries a call, when, and what came of it.
@NullMarked
package dev.muster.node.models.pool;

import org.jspecify.annotations.NullMarked;

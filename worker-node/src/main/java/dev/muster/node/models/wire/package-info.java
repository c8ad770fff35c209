/// The protocols of model providers over real HTTP.
///
/// Begin with [HttpModel], then [Dialect].
@NullMarked
package dev.muster.node.models.wire;

import org.jspecify.annotations.NullMarked;

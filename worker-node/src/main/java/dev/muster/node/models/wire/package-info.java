/// The protocols of model providers over real HTTP.
@NullMarked
package dev.muster.node.models.wire;

import org.jspecify.annotations.NullMarked;

/// Language models: what is asked of one and what it may answer (`wire` speaks their protocols,
/// `pool` chooses, limits and counts).
///
/// Begin with [ModelPort].
@NullMarked
package dev.muster.node.models;

import org.jspecify.annotations.NullMarked;

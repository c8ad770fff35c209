/// Answers from a tape in place of a model.
///
/// Begin with [CassettePort].
@NullMarked
package dev.muster.node.models.cassette;

import org.jspecify.annotations.NullMarked;

/// Answers from a tape in place of a model.
@NullMarked
package dev.muster.node.models.cassette;

import org.jspecify.annotations.NullMarked;

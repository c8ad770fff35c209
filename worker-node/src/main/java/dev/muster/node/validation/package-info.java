/// Proves that the work of an attempt is done, or says why it is not.
///
/// Begin with [Validator].
@NullMarked
package dev.muster.node.validation;

import org.jspecify.annotations.NullMarked;

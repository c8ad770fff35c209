/// The verbs, one class each; what they share lies in the packages below.
///
/// Begin with [Verbs], then [Run].
@NullMarked
package dev.muster.cli.verb;

import org.jspecify.annotations.NullMarked;

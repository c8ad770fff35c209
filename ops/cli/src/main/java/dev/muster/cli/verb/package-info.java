/// The verbs, one class each; what they share lies in the packages below.
@NullMarked
package dev.muster.cli.verb;

import org.jspecify.annotations.NullMarked;

/// How Muster speaks: data on stdout, messages on stderr, questions only where somebody can answer.
///
/// Begin with [Terminal].
@NullMarked
package dev.muster.cli.terminal;

import org.jspecify.annotations.NullMarked;

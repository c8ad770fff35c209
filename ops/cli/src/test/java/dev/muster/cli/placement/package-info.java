/// Several nodes in one JVM, with real remoting, for how workers are placed.
@NullMarked
package dev.muster.cli.placement;

import org.jspecify.annotations.NullMarked;

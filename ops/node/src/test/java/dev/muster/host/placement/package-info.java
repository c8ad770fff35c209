/// Several nodes in one JVM, with real remoting, for how workers are placed.
@NullMarked
package dev.muster.host.placement;

import org.jspecify.annotations.NullMarked;

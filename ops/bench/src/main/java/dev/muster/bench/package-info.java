/// Measures Muster beside other ways to do the same.
@NullMarked
package dev.muster.bench;

import org.jspecify.annotations.NullMarked;

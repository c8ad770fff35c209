/// Muster: see the README for what this module holds.
@NullMarked
package dev.muster.e2e;

import org.jspecify.annotations.NullMarked;

/// Muster: see the README for what this module holds.
@NullMarked
package dev.muster.node;

import org.jspecify.annotations.NullMarked;

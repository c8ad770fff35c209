/// Muster: see the README for what this module holds.
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;

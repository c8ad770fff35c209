/// The command line: finds or hosts a node, asks it, and shows what it says.
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;

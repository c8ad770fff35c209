/// The command line: finds or hosts a node, asks it, and shows what it says.
///
/// Begin with [Main].
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;

/// The node this process talks to: found, or hosted here for the duration.
@NullMarked
package dev.muster.cli.node;

import org.jspecify.annotations.NullMarked;

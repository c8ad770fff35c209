/// The node this process talks to: found, or hosted here for the duration.
@NullMarked
package dev.muster.cli.session;

import org.jspecify.annotations.NullMarked;

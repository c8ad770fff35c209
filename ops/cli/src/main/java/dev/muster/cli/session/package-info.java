/// The node this process talks to: found, or hosted here for the duration.
///
/// Begin with [Sessions].
@NullMarked
package dev.muster.cli.session;

import org.jspecify.annotations.NullMarked;

/// What can be set, where each value came from, and the one immutable record of it all.
///
/// Begin with [Setting], then [Settings].
@NullMarked
package dev.muster.host.settings;

import org.jspecify.annotations.NullMarked;

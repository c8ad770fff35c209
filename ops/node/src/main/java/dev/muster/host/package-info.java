/// One process out of both roles: its settings, its start, its end.
///
/// Begin with [Starting].
@NullMarked
package dev.muster.host;

import org.jspecify.annotations.NullMarked;

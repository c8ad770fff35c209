/// Staying with a run: progress, questions, and how it ended.
///
/// Begin with [RunFollower].
@NullMarked
package dev.muster.cli.follow;

import org.jspecify.annotations.NullMarked;

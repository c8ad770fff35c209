/// What this node asks of the Linux kernel itself: system calls that Java has no words for, and
/// filters of those that a step may make.
///
/// Begin with [Kernel].
@NullMarked
package dev.muster.node.sandbox.kernel;

import org.jspecify.annotations.NullMarked;

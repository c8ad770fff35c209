/// Puts the working half of a node together.
@NullMarked
package dev.muster.node.app;

import org.jspecify.annotations.NullMarked;

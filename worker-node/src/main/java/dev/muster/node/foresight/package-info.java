/// What can be said of an operation before it runs.
@NullMarked
package dev.muster.node.foresight;

import org.jspecify.annotations.NullMarked;

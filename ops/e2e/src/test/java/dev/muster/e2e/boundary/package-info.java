/// Every moment of a conversation at which its node can die.
@NullMarked
package dev.muster.e2e.boundary;

import org.jspecify.annotations.NullMarked;

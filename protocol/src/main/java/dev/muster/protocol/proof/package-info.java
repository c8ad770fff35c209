/// How a node vouches for what it says, so that others need not believe whoever can send a message.
@NullMarked
package dev.muster.protocol.proof;

import org.jspecify.annotations.NullMarked;

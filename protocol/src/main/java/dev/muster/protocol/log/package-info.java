/// What attempts print, as one node reads it from another.
@NullMarked
package dev.muster.protocol.log;

import org.jspecify.annotations.NullMarked;

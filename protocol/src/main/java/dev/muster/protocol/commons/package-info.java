/// What the workers of a run share: values, notes and rooms.
@NullMarked
package dev.muster.protocol.commons;

import org.jspecify.annotations.NullMarked;

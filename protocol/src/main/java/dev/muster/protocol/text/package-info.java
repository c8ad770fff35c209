/// Text that strangers wrote, as people may look at it.
@NullMarked
package dev.muster.protocol.text;

import org.jspecify.annotations.NullMarked;

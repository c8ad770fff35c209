/// Stable names and bytes for everything that is written to the journal.
@NullMarked
package dev.muster.protocol.journal;

import org.jspecify.annotations.NullMarked;

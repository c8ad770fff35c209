/// Everything that crosses a process boundary or enters the journal, and nothing that does not.
@NullMarked
package dev.muster.protocol;

import org.jspecify.annotations.NullMarked;

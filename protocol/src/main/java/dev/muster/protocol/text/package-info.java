/// Text that others wrote, made fit to be read by people.
@NullMarked
package dev.muster.protocol.text;

import org.jspecify.annotations.NullMarked;

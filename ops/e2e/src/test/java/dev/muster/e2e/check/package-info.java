/// What must be true of a journal after anything has happened, found out without Muster's own read
/// side.
@NullMarked
package dev.muster.e2e.check;

import org.jspecify.annotations.NullMarked;

/// Runs under faults that one seed brings about, and the report on them.
@NullMarked
package dev.muster.e2e.chaos;

import org.jspecify.annotations.NullMarked;

/// Real processes, a real database and a network between them, all of which can be taken away.
@NullMarked
package dev.muster.e2e.rig;

import org.jspecify.annotations.NullMarked;

/// Tests of the node that mostly wait; they are in `src/test`.
@NullMarked
package dev.muster.host.tests;

import org.jspecify.annotations.NullMarked;

/// What the tests of several modules share.
@NullMarked
package dev.muster.testkit;

import org.jspecify.annotations.NullMarked;

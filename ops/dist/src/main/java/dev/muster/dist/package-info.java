/// The archive that needs neither JDK nor Maven, unpacked and used.
@NullMarked
package dev.muster.dist;

import org.jspecify.annotations.NullMarked;

/// What a worker is asked to do, compiled from its instruction file.
@NullMarked
package dev.muster.protocol.instruction;

import org.jspecify.annotations.NullMarked;

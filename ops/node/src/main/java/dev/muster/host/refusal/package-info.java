/// How a process says no: what was expected and found, what to do next, and its exit code.
@NullMarked
package dev.muster.host.refusal;

import org.jspecify.annotations.NullMarked;

/// The escape suite: attacks on what Muster promises, tried on real processes. A probe is a script
/// inside a step, a scene is an attack from outside; each names the promise it attacks, and held is
/// what was tried and got nowhere.
@NullMarked
package dev.muster.e2e.escape;

import org.jspecify.annotations.NullMarked;

/// A cluster of real processes in the moments that matter: each test takes away one of them at a
/// chosen time.
@NullMarked
package dev.muster.e2e.cluster;

import org.jspecify.annotations.NullMarked;

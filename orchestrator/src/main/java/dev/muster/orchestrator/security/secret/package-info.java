/// Values that operations are given by name, and nobody else is told.
///
/// Begin with [SecretStore].
@NullMarked
package dev.muster.orchestrator.security.secret;

import org.jspecify.annotations.NullMarked;

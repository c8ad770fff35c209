/// The endpoints. They translate, and nothing is decided here.
///
/// Begin with [RunEndpoints].
@NullMarked
package dev.muster.orchestrator.api.resource;

import org.jspecify.annotations.NullMarked;

/// Who somebody is, and what they may do.
@NullMarked
package dev.muster.orchestrator.security.identity;

import org.jspecify.annotations.NullMarked;

/// The memory of who did what, in which nothing can be changed unnoticed.
@NullMarked
package dev.muster.orchestrator.security.audit;

import org.jspecify.annotations.NullMarked;

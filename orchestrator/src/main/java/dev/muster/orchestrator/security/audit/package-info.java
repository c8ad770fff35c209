/// The memory of who did what, in which nothing can be changed unnoticed.
///
/// Begin with [AuditLog].
@NullMarked
package dev.muster.orchestrator.security.audit;

import org.jspecify.annotations.NullMarked;

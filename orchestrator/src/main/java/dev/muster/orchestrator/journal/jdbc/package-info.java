/// The one way to a database: small statements, what belongs together in one transaction, and how a
/// failure reads.
///
/// Begin with [Sql].
@NullMarked
package dev.muster.orchestrator.journal.jdbc;

import org.jspecify.annotations.NullMarked;

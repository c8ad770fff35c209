/// A PostgreSQL server of our own on this machine, for trying a cluster out.
///
/// Begin with [LocalPostgres].
@NullMarked
package dev.muster.cli.postgres;

import org.jspecify.annotations.NullMarked;

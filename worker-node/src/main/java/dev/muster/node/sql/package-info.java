/// Statements for databases that the operator has set up: which of them only read, and how both
/// kinds are carried out.
///
/// Begin with [SqlDoor].
@NullMarked
package dev.muster.node.sql;

import org.jspecify.annotations.NullMarked;

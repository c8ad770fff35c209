/// The database behind the journal: opening it, its schema, the instruction texts, and the contents
/// that nodes hand each other.
///
/// Begin with [Database].
@NullMarked
package dev.muster.orchestrator.journal.storage;

import org.jspecify.annotations.NullMarked;

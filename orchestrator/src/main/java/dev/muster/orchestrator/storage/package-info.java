/// The database behind the journal: opening it, its schema, and the instruction texts.
@NullMarked
package dev.muster.orchestrator.storage;

import org.jspecify.annotations.NullMarked;

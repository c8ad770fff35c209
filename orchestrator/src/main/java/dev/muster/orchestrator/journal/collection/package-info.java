/// Removes what nobody names any more from the artifact store.
///
/// Begin with [Collector].
@NullMarked
package dev.muster.orchestrator.journal.collection;

import org.jspecify.annotations.NullMarked;

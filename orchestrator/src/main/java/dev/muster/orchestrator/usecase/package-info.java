/// What can be asked of Muster: by the API today, by anything else tomorrow. It refuses in words
/// (`Refusal`) and knows nothing of HTTP.
///
/// Reading goes to the journal's views; changing goes to the entities through small ports.
///
/// Begin with [FolderRuns].
@NullMarked
package dev.muster.orchestrator.usecase;

import org.jspecify.annotations.NullMarked;

/// Carries attempts out: bounded slots, the sandboxed steps, the gate, the tests, the reports.
///
/// Begin with [Executor], then [AttemptRun].
@NullMarked
package dev.muster.node.executor;

import org.jspecify.annotations.NullMarked;

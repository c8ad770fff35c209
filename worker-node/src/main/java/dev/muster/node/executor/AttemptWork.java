package dev.muster.node.executor;

import dev.muster.protocol.worker.AttemptReport;

/// The work of one attempt, on a thread of its own.
@FunctionalInterface
interface AttemptWork {
  /// Works until the attempt ends, and returns the report that ends it. Never throws; an interrupt
  /// stops it soon, with everything it started killed. It begins with a slot.
  AttemptReport carryOut(Lifeline line);
}

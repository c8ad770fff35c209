package dev.muster.node.executor;

import dev.muster.protocol.worker.AttemptReport;

/// What ties the thread of an attempt to its executor and its worker.
interface Lifeline {
  /// Takes a report before the last; the attempt goes on at once.
  void tell(AttemptReport report);

  /// Returns when the worker has it in its journal.
  void persist(AttemptReport report) throws InterruptedException;

  /// Until `takeSlot` nothing is run, so that somebody else may run something. Beyond the number of
  /// attempts that may be under way without one, the slot is kept all the same.
  void yieldSlot();

  /// Returns when there is a slot; at once when there is one already.
  void takeSlot() throws InterruptedException;
}

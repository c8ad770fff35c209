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

  /// The same, of whoever keeps its slot, since something of it runs all the time.
  default Lifeline withSlot() {
    var line = this;
    return new Lifeline() {
      @Override
      public void tell(AttemptReport report) {
        line.tell(report);
      }

      @Override
      public void persist(AttemptReport report) throws InterruptedException {
        line.persist(report);
      }

      @Override
      public void yieldSlot() {
        // It stays.
      }

      @Override
      public void takeSlot() throws InterruptedException {
        line.takeSlot();
      }
    };
  }
}

package dev.muster.node.executor;

import dev.muster.protocol.worker.AttemptReport.StepDone;
import dev.muster.protocol.worker.AttemptReport.Validating;
import dev.muster.protocol.worker.AttemptReport.ValidatingAfter;
import dev.muster.protocol.worker.StepResult;
import org.jspecify.annotations.Nullable;

/// What an attempt tells of its course while it goes on. The tests mostly begin at once after the
/// last block, so that its end is told together with their beginning: one entry of the journal to
/// wait for in place of two. Whatever else follows, it is told before that.
final class Telling {
  private final Lifeline line;
  private @Nullable StepResult untold;

  Telling(Lifeline line) {
    this.line = line;
  }

  void done(StepResult step) {
    tellRest();
    untold = step;
  }

  void testsBegin() {
    var last = untold;
    untold = null;
    line.tell(last == null ? new Validating() : new ValidatingAfter(last));
  }

  /// Nothing of it runs any more: while it looks after what was made, somebody else may run.
  void testsEnded() {
    line.yieldSlot();
  }

  void tellRest() {
    var last = untold;
    untold = null;
    if (last != null) line.tell(new StepDone(last));
  }
}

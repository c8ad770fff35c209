package dev.muster.node.executor;

import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.StepDone;
import dev.muster.protocol.worker.AttemptReport.Validating;
import dev.muster.protocol.worker.StepResult;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an attempt tells of its blocks while it goes on. The tests mostly begin at once after the
/// last block, so that its end is told together with their beginning: one entry of the journal to
/// wait for in place of two. Whatever else follows, it is told before that.
final class Telling {
  private final Consumer<AttemptReport> tell;
  private @Nullable StepResult untold;

  Telling(Consumer<AttemptReport> tell) {
    this.tell = tell;
  }

  void done(StepResult step) {
    tellRest();
    untold = step;
  }

  void testsBegin() {
    var last = untold;
    untold = null;
    tell.accept(new Validating(last));
  }

  void tellRest() {
    var last = untold;
    untold = null;
    if (last != null) tell.accept(new StepDone(last));
  }
}

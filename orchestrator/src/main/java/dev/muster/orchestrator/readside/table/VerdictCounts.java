package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import org.jspecify.annotations.Nullable;

/// What the latest verdict on one worker rests on. It is kept as its fields are.
final class VerdictCounts {
  private boolean weak;
  private int testsPassed;
  private int testsRun;

  /// @param receipt null where it came to no test
  void take(@Nullable Receipt receipt) {
    if (receipt == null) return;
    weak = receipt.weak();
    testsRun = receipt.tests().size();
    testsPassed =
        (int)
            receipt.tests().stream().map(Receipt.Tested::result).filter(StepResult::passed).count();
  }

  /// An earlier run has its receipt.
  void carriedOver(boolean weak) {
    this.weak = weak;
  }

  boolean weak() {
    return weak;
  }

  int testsPassed() {
    return testsPassed;
  }

  int testsRun() {
    return testsRun;
  }
}

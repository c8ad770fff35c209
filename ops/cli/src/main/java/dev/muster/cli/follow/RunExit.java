package dev.muster.cli.follow;

import dev.muster.host.refusal.Exit;
import dev.muster.protocol.view.RunView;

/// The exit code that a run's end deserves.
public final class RunExit {
  private RunExit() {}

  /// 0 when everything completed (or was rehearsed), 6 when nothing is wrong but that something is
  /// held, or was rejected or has expired, else 1. A rejection that was later made good does not
  /// count any more.
  public static int of(RunView run) {
    var workers = run.workers();
    var failed = workers.failed() > workers.refused() || workers.cancelled() > 0;
    if (failed || run.incomplete() || run.resultsFailed()) return Exit.FAILED;
    return switch (run.state()) {
      case COMPLETED, REHEARSED -> Exit.OK;
      case HELD, PAUSED, RUNNING -> Exit.UNDECIDED;
      case INCOMPLETE, CANCELLED -> Exit.FAILED;
      case FAILED -> workers.refused() > 0 ? Exit.UNDECIDED : Exit.FAILED;
    };
  }

  /// Of several runs: failed weighs more than undecided, undecided more than good.
  public static int worse(int one, int other) {
    return one == Exit.FAILED || other == Exit.FAILED ? Exit.FAILED : Math.max(one, other);
  }
}

package dev.muster.cli.follow;

import dev.muster.cli.client.RunView;
import dev.muster.cli.terminal.Exit;

/// The exit code that a run's end deserves.
public final class RunExit {
  private RunExit() {}

  /// 0 when everything completed (or was rehearsed), 6 when something is held, rejected or expired,
  /// else 1. A rejection that was later made good does not count any more.
  public static int of(RunView run) {
    return switch (run.state()) {
      case COMPLETED, REHEARSED -> Exit.OK;
      case HELD, PAUSED, RUNNING -> Exit.UNDECIDED;
      case FAILED, CANCELLED ->
          run.workers().held() > 0 || run.approvals().rejected() + run.approvals().expired() > 0
              ? Exit.UNDECIDED
              : Exit.FAILED;
    };
  }

  /// Of several runs: undecided weighs more than failed, failed more than good.
  public static int worse(int one, int other) {
    return one == Exit.UNDECIDED || other == Exit.UNDECIDED ? Exit.UNDECIDED : Math.max(one, other);
  }
}

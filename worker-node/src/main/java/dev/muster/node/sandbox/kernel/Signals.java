package dev.muster.node.sandbox.kernel;

import java.io.IOException;

/// What Java has no word for.
public final class Signals {
  private static final int SIGSTOP = 19;

  private Signals() {}

  /// From the moment in which it stands it starts nothing, until it goes on or is killed. Nothing
  /// happens where it has ended, or is not ours.
  ///
  /// @throws IOException when this machine's system calls are not known
  public static void stop(long pid) throws IOException {
    try {
      Kernel.open().call(SystemCall.KILL, pid, SIGSTOP);
    } catch (Kernel.KernelException _) {
      // Whoever kills it next finds out.
    }
  }
}

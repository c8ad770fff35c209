package dev.muster.node.sandbox.kernel;

import java.io.IOException;
import java.util.Set;

/// Takes something away from the calling thread, for good, and so from everything that it starts.
/// Only for platform threads of our own.
public final class CallingThread {
  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
  private static final int PR_SET_NO_NEW_PRIVS = 38;

  /// Leaves the keyring of the session this node was started in, with its owner's keys
  /// (session-keyring(7)), for an empty one.
  public static void forgetKeys() throws IOException {
    Kernel.open().call(SystemCall.KEYCTL, KEYCTL_JOIN_SESSION_KEYRING, 0);
  }

  /// Connects to no TCP port of these any more, of whatever host, and to no abstract socket that is
  /// not its own; see [PortLock].
  public static void neverConnectTo(Set<Integer> ports) throws IOException {
    var kernel = Kernel.open();
    kernel.call(SystemCall.PRCTL, PR_SET_NO_NEW_PRIVS, 1);
    PortLock.close(kernel, ports);
  }

  private CallingThread() {}
}

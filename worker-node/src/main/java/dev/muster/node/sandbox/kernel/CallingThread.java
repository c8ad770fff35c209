package dev.muster.node.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// Takes something away from the calling thread, for good, and so from everything that it starts.
/// Only for platform threads of our own.
public final class CallingThread {
  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int MS_BIND = 0x1000;
  private static final int MS_REC = 0x4000;

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

  /// Lays files and folders of the host over others, with all that is mounted below them. Whoever
  /// shares the mounts of this thread sees it, too.
  ///
  /// @param places from what is shown to where
  public static void lay(Map<Path, Path> places) throws IOException {
    var kernel = Kernel.open();
    try (var arena = Arena.ofConfined()) {
      for (var place : places.entrySet()) {
        var from = Kernel.text(arena, place.getKey().toString());
        var at = Kernel.text(arena, place.getValue().toString());
        kernel.call(SystemCall.MOUNT, from, at, 0, MS_BIND | MS_REC, 0);
      }
    }
  }

  private CallingThread() {}
}

package dev.muster.node.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/// Connections to certain TCP ports forbidden, by Landlock (landlock(7)), which knows only what is
/// allowed: so every other port is, one by one.
public final class PortLock {
  private static final int VERSION_QUERY = 1;
  private static final int ABI_WITH_NETWORK = 4;
  private static final int ABI_WITH_SCOPES = 6;
  private static final int RULE_NET_PORT = 2;
  private static final long CONNECT_TCP = 2;
  private static final long SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3;
  private static final int PORT_MAX = 65_535;
  private static final long RULE_BYTES = 16;

  /// Whether this kernel can.
  public static boolean works() {
    try {
      return version(Kernel.open()) >= ABI_WITH_NETWORK;
    } catch (IOException _) {
      return false;
    }
  }

  private static long version(Kernel kernel) throws IOException {
    return kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, VERSION_QUERY);
  }

  /// On the calling thread, which can gain no privileges.
  static void close(Kernel kernel, Set<Integer> ports) throws IOException {
    var scopes = version(kernel) >= ABI_WITH_SCOPES;
    try (var arena = Arena.ofConfined()) {
      // struct landlock_ruleset_attr: files, network, scopes.
      var handled = arena.allocate(ValueLayout.JAVA_LONG, 3);
      handled.setAtIndex(ValueLayout.JAVA_LONG, 1, CONNECT_TCP);
      handled.setAtIndex(ValueLayout.JAVA_LONG, 2, scopes ? SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS : 0);
      var bytes = (scopes ? 3 : 2) * ValueLayout.JAVA_LONG.byteSize();
      var rules = kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, handled.address(), bytes, 0);
      try {
        allowOthers(kernel, rules, ports, arena);
        kernel.call(SystemCall.LANDLOCK_RESTRICT_SELF, rules, 0);
      } finally {
        kernel.call(SystemCall.CLOSE, rules);
      }
    }
  }

  private static void allowOthers(Kernel kernel, long rules, Set<Integer> ports, Arena arena)
      throws IOException {
    // struct landlock_net_port_attr: access, port.
    var rule = arena.allocate(RULE_BYTES, ValueLayout.JAVA_LONG.byteAlignment());
    rule.setAtIndex(ValueLayout.JAVA_LONG, 0, CONNECT_TCP);
    for (var port = 0; port <= PORT_MAX; port++) {
      if (ports.contains(port)) continue;
      rule.setAtIndex(ValueLayout.JAVA_LONG, 1, port);
      kernel.call(SystemCall.LANDLOCK_ADD_RULE, rules, RULE_NET_PORT, rule.address(), 0);
    }
  }

  private PortLock() {}
}

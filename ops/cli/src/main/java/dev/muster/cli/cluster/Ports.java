package dev.muster.cli.cluster;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// Ports for new nodes. Each keeps its ports for good, so they lie below the range from which the
/// system gives out ports by itself, and are drawn by lot, so that two clusters that are brought up
/// at once hardly choose the same.
final class Ports {
  private static final int FROM = 20_000;
  private static final int TO = 32_000;

  private final Set<Integer> given = new HashSet<>();
  private final SplittableRandom lot = new SplittableRandom();

  /// @param taken by nodes that may not run now
  Ports(Set<Integer> taken) {
    given.addAll(taken);
  }

  int any() {
    for (var tries = 0; tries < 1_000; tries++) {
      var port = lot.nextInt(FROM, TO);
      if (!given.contains(port) && free(port)) {
        given.add(port);
        return port;
      }
    }
    throw new Refusal(Exit.FAILED, "no port from " + FROM + " to " + TO + " is free here", null);
  }

  /// @param chosen by the operator: no other will do
  int first(int wanted, boolean chosen) {
    if (wanted != 0 && !given.contains(wanted) && free(wanted)) {
      given.add(wanted);
      return wanted;
    }
    if (wanted != 0 && chosen) {
      throw new Refusal(
          Exit.CONFLICT,
          "expected port " + wanted + " of 127.0.0.1 to be free, but another process listens there",
          "choose another with MUSTER_PORT");
    }
    return any();
  }

  static boolean free(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}

package dev.muster.node.sandbox;

import java.util.ArrayList;
import java.util.List;

/// Ways to wake the loopback device of a network of its own, which is born asleep. Bubblewrap does
/// that by itself.
enum Loopback {
  /// Needs no other program, but only root of the host may.
  SYSFS,
  IP,
  PERL,
  /// Nothing here can: scripts cannot talk to themselves over the network.
  ASLEEP;

  /// What the set-up's shell is told.
  String word() {
    return switch (this) {
      case SYSFS -> "sysfs";
      case IP -> "ip";
      case PERL -> "perl";
      case ASLEEP -> "";
    };
  }

  /// Which to try, best first.
  static List<Loopback> candidates(boolean root) {
    var candidates = new ArrayList<Loopback>();
    if (root) candidates.add(SYSFS);
    if (Launch.program("ip") != null) candidates.add(IP);
    if (Launch.program("perl") != null) candidates.add(PERL);
    candidates.add(ASLEEP);
    return candidates;
  }
}

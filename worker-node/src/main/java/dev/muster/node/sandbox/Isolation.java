package dev.muster.node.sandbox;

import java.util.ArrayList;
import java.util.List;

/// How bubblewrap sets itself apart from the host, from the safest to what some hosts leave us.
enum Isolation {
  /// Namespaces of its own, and no way to make more.
  USER_NAMESPACE_LOCKED("its own user namespace"),
  USER_NAMESPACE("its own user namespace"),
  /// For root where no cgroup can be made: a user that owns nothing else, since the kernel does not
  /// hold root to a number of processes.
  ANOTHER_USER("another user of the host"),
  ROOT_WITHOUT_CAPABILITIES("root without capabilities");

  private final String description;

  Isolation(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /// Which to try, best first.
  static List<Isolation> candidates(boolean root, boolean cgroups) {
    var candidates = new ArrayList<Isolation>();
    if (root && !cgroups) candidates.add(ANOTHER_USER);
    candidates.add(USER_NAMESPACE_LOCKED);
    candidates.add(USER_NAMESPACE);
    if (root) candidates.add(ROOT_WITHOUT_CAPABILITIES);
    return candidates;
  }

  /// @param switchesUser whether the script is to change to the other user
  List<String> arguments(boolean switchesUser) {
    var arguments = new ArrayList<String>();
    if (this == USER_NAMESPACE_LOCKED || this == USER_NAMESPACE) {
      arguments.addAll(List.of("--unshare-user", "--uid", "1000", "--gid", "1000"));
    }
    if (this == USER_NAMESPACE_LOCKED) arguments.add("--disable-userns");
    arguments.addAll(List.of("--cap-drop", "ALL"));
    if (switchesUser) {
      arguments.addAll(List.of("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"));
      arguments.addAll(List.of("--cap-add", "CAP_SETPCAP"));
    }
    return arguments;
  }
}

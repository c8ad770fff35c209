package dev.muster.node.sandbox;

import java.util.ArrayList;
import java.util.List;

/// How a sandbox sets itself apart from the host, from the safest to what some hosts leave us.
enum Isolation {
  /// Namespaces of its own, and no way to make more.
  USER_NAMESPACE_LOCKED("its own user namespace"),
  USER_NAMESPACE("its own user namespace"),
  /// For root: a user that owns nothing else, and so can read what everybody can.
  ANOTHER_USER("another user of the host"),
  ROOT_WITHOUT_CAPABILITIES("root without capabilities");

  private final String description;

  Isolation(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  boolean userNamespace() {
    return this == USER_NAMESPACE_LOCKED || this == USER_NAMESPACE;
  }

  boolean locked() {
    return this == USER_NAMESPACE_LOCKED;
  }

  /// Which to try, best first.
  static List<Isolation> candidates(boolean root) {
    var candidates = new ArrayList<Isolation>();
    if (root) candidates.add(ANOTHER_USER);
    candidates.add(USER_NAMESPACE_LOCKED);
    candidates.add(USER_NAMESPACE);
    if (root) candidates.add(ROOT_WITHOUT_CAPABILITIES);
    return candidates;
  }
}

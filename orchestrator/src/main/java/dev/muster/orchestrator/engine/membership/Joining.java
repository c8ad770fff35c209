package dev.muster.orchestrator.engine.membership;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How a node that is no member yet becomes one. Pure.
sealed interface Joining {
  /// Ask these to be let in.
  ///
  /// @param contacts `host:port`
  record Ask(List<String> contacts) implements Joining {
    public Ask {
      contacts = List.copyOf(contacts);
    }
  }

  /// Nobody is there: begin a cluster, if the registry agrees.
  record Form() implements Joining {}

  /// Nobody is there, and this node may not begin alone.
  record Wait() implements Joining {}

  /// @param seeds of the settings
  /// @param nodes of the registry
  static Joining of(Self self, List<String> seeds, List<Registered> nodes) {
    Set<String> members = new LinkedHashSet<>();
    for (var node : nodes) {
      if (node.joined() && node.live() && !node.name().equals(self.name())) {
        members.add(node.address());
      }
    }
    if (members.isEmpty() && self.roles().contains("orchestrator")) return new Form();
    // Seeds are asked too: a registry that lags behind must not keep anybody out.
    var contacts = new ArrayList<>(members);
    for (var seed : seeds) {
      if (!members.contains(seed) && !seed.equals(self.address())) contacts.add(seed);
    }
    return contacts.isEmpty() ? new Wait() : new Ask(contacts);
  }
}

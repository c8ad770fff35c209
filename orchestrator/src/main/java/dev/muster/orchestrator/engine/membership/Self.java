package dev.muster.orchestrator.engine.membership;

import java.util.List;

/// This node, as it enters itself into the registry.
///
/// @param address `host:port` for other nodes
/// @param incarnation differs after every start
/// @param passing it ends with the command that started it, and nobody waits for it to come back
public record Self(
    String name, String address, String incarnation, List<String> roles, boolean passing) {
  public Self {
    roles = List.copyOf(roles);
  }
}

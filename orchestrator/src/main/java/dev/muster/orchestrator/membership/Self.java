package dev.muster.orchestrator.membership;

import java.util.List;

/// This node, as it enters itself into the registry.
///
/// @param address `host:port` for other nodes
/// @param incarnation differs after every start
public record Self(String name, String address, String incarnation, List<String> roles) {
  public Self {
    roles = List.copyOf(roles);
  }
}

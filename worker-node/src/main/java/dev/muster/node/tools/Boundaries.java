package dev.muster.node.tools;

import java.util.List;

/// What an instruction's BOUNDARIES allow, as a policy.
///
/// @param lines as written
public record Boundaries(List<String> lines) {
  public static final Boundaries NONE = new Boundaries(List.of());

  public Boundaries {
    lines = List.copyOf(lines);
  }
}

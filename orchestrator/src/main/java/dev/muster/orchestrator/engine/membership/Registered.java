package dev.muster.orchestrator.engine.membership;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node as the registry knows it.
///
/// @param address `host:port` for other nodes
/// @param incarnation differs after every start; empty when it has left in good order
/// @param joined whether it was a member of the cluster when it was last heard of
/// @param silence since it was last heard of, by the clock of the database
/// @param drained how long ago an operator drained it; null when it takes work
public record Registered(
    String name,
    String address,
    String incarnation,
    List<String> roles,
    boolean joined,
    Duration silence,
    @Nullable Duration drained) {
  /// A node beats every second. One that misses this many is taken for dead where a new cluster is
  /// to be formed; it is still refused there once it beats again.
  static final Duration SILENT_AFTER = Duration.ofSeconds(6);

  /// A node that stays away this long is struck off.
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

  public Registered {
    roles = List.copyOf(roles);
  }

  public boolean live() {
    return silence.compareTo(SILENT_AFTER) < 0;
  }

  boolean hasLeft() {
    return incarnation.isEmpty();
  }

  /// Its row may still be there: it is struck off when a cluster is formed.
  public boolean forgotten() {
    return silence.compareTo(FORGOTTEN_AFTER) > 0;
  }
}

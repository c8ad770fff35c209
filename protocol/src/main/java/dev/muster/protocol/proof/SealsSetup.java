package dev.muster.protocol.proof;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;

/// Hands to an actor system what its messages are sealed with.
public final class SealsSetup extends Setup {
  final Seals seals;
  final InstantSource clock;
  final Consumer<String> refused;

  /// @param clock that all nodes share
  /// @param refused is told, in words, of every message that was dropped
  public SealsSetup(Seals seals, InstantSource clock, Consumer<String> refused) {
    this.seals = seals;
    this.clock = clock;
    this.refused = refused;
  }
}

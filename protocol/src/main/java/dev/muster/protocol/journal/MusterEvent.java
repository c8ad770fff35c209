package dev.muster.protocol.journal;

import java.time.Instant;

/// Everything that enters the journal. Every implementation has a name in [EventNames].
public interface MusterEvent {
  Instant at();
}

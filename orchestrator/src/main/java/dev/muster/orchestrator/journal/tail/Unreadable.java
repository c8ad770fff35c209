package dev.muster.orchestrator.journal.tail;

import dev.muster.protocol.journal.MusterEvent;
import java.time.Instant;

/// What stands in the tail for an event that this version cannot decode, so that one damaged run
/// does not hold back what is told of the others. It is never written.
///
/// @param at by the clock of the node that wrote it
public record Unreadable(String reason, Instant at) implements MusterEvent {}

package dev.muster.orchestrator.journal.tail;

import dev.muster.protocol.journal.MusterEvent;
import java.time.Instant;

/// One event as the journal holds it.
///
/// @param seq the journal's ordering; gaps are normal
/// @param number counts the events of one origin from 1, without gaps
/// @param writtenAt by the clock of the node that wrote it
public record JournalRow(
    long seq, Origin origin, long number, Instant writtenAt, MusterEvent event) {}

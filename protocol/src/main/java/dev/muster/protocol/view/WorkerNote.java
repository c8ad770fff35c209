package dev.muster.protocol.view;

import java.time.Instant;

/// What a worker keeps for itself.
///
/// @param number counts its notes from 1
public record WorkerNote(long number, String key, String value, Instant at) {}

package dev.muster.protocol.view;

import java.time.Instant;

/// A value that the workers of a run share, as it is now.
///
/// @param version counts how often it was set, from 1
/// @param worker who set it last
public record SharedValue(String key, long version, String value, String worker, Instant at) {}

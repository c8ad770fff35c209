package dev.muster.protocol.agent;

import org.jspecify.annotations.Nullable;

/// An entry in its place: it names the one before it, so that the last leads to all.
///
/// @param ordinal counts the steps of the worker
/// @param before SHA-256 of the link before; null for the first of a conversation
public record Link(int ordinal, @Nullable String before, Entry entry) {}

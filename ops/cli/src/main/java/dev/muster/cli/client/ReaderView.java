package dev.muster.cli.client;

import org.jspecify.annotations.Nullable;

/// A reader of the journal's tail.
///
/// @param behind numbers of the journal that it has not seen
/// @param problem why its last try failed; null when it did not
public record ReaderView(String reader, long seq, long behind, @Nullable String problem) {}

package dev.muster.protocol.instruction;

/// One fenced block of TEST_PROCESS.
///
/// @param masked true when the script cannot fail, so that passing it proves little
public record Script(int ordinal, String text, boolean masked) {}

package dev.muster.protocol.instruction;

import org.jspecify.annotations.Nullable;

/// One fenced block of EXECUTION: a script, and the operation it declares, if any.
///
/// @param ordinal position among the blocks of the instruction, from 1
/// @param operation null when the block stays inside its workspace
public record Block(int ordinal, String script, @Nullable Operation operation) {
  public Block {
    if (ordinal < 1) throw new IllegalArgumentException("block ordinal is " + ordinal);
  }
}

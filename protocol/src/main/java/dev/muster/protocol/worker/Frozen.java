package dev.muster.protocol.worker;

/// A workspace as it was before one block, kept in the artifact store. A later attempt, on whatever
/// node, goes on from it instead of making everything anew, so that what somebody approved is what
/// runs.
///
/// @param ordinal of the block that comes next
/// @param attempt that worked in it
/// @param basis what the work was begun from: instruction, inputs and, without a sandbox, the try
/// @param manifest SHA-256 of the list of its files in the artifact store
public record Frozen(int ordinal, int attempt, String basis, String manifest) {
  public Frozen {
    if (ordinal < 1) throw new IllegalArgumentException("ordinal is " + ordinal);
  }
}

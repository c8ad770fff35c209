package dev.muster.protocol.proof;

import org.jspecify.annotations.Nullable;

/// Vouches for what this node says, and judges what others vouch for.
public interface Seals {
  /// @param purpose what it is said for; a seal for one is good for no other
  /// @param content records, texts, numbers, times and lists of them
  /// @throws IllegalStateException on a node that has no keys yet
  Seal seal(String purpose, Object content);

  /// Why the seal proves nothing here and now, in words; null when it holds.
  ///
  /// @param office that it takes to say this
  @Nullable String refusal(String purpose, Object content, Seal seal, Office office);
}

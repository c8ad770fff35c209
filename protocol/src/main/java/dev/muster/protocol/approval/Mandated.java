package dev.muster.protocol.approval;

import org.jspecify.annotations.Nullable;

/// A command that nobody obeys unless an orchestrator vouches for who gives it.
public interface Mandated {
  /// What it is about.
  String approval();

  Decision decision();

  People.Caller by();

  /// How many must say so before it holds.
  int people();

  String reason();

  /// What the operator has seen; null when it was not given.
  @Nullable String digest();

  @Nullable Mandate mandate();
}

package dev.muster.node.models;

/// What becomes of one call to one provider.
public sealed interface ModelReply {
  record Answered(ModelAnswer answer) implements ModelReply {}

  record Failed(ModelFailure failure) implements ModelReply {}
}

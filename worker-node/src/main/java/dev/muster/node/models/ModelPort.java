package dev.muster.node.models;

import java.util.concurrent.CompletionStage;

/// One provider of models.
public interface ModelPort {
  /// Begins at once and never throws; every failure is a reply.
  Call begin(ModelRequest request, Tuning tuning, ModelEvents events);

  /// A call in flight.
  interface Call {
    /// Always completes, and never exceptionally.
    CompletionStage<ModelReply> reply();

    /// Ends the connection; the reply is `Cancelled` unless there is one already.
    void cancel();
  }
}

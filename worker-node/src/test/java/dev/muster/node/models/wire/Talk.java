package dev.muster.node.models.wire;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.Tuning;
import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Protocol;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The real client, talking to a server of ours.
record Talk(URI server, Protocol protocol, boolean stream) {
  Talk(ModelServer server, Protocol protocol, boolean stream) {
    this(server.url(), protocol, stream);
  }

  static final String KEY = "sk-loopback-0123456789";

  static KeySource key() {
    return new KeySource() {
      @Override
      public String reveal() {
        return KEY;
      }

      @Override
      public String words() {
        return "a test";
      }
    };
  }

  HttpModel model() {
    return new HttpModel(
        HttpModel.newClient(),
        ProviderKind.valueOf(protocol.name()),
        protocol == Protocol.OPENAI ? URI.create(server + "/v1") : server,
        key(),
        stream,
        InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
  }

  static Tuning tuning() {
    return new Tuning("model-a", 0.2, 4_000);
  }

  ModelReply ask(ModelRequest request, ModelEvents events) {
    try {
      return model()
          .begin(request, tuning(), events)
          .reply()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  ModelAnswer answer(ModelRequest request) {
    return switch (ask(request, ModelEvents.NOBODY)) {
      case ModelReply.Answered(var answer) -> answer;
      case ModelReply.Failed(var failure) -> throw new AssertionError(failure.sentence());
    };
  }

  ModelFailure failure(ModelRequest request) {
    return switch (ask(request, ModelEvents.NOBODY)) {
      case ModelReply.Answered(var answer) -> throw new AssertionError("answered " + answer);
      case ModelReply.Failed(var failure) -> failure;
    };
  }
}

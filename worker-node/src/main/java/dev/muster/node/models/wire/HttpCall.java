package dev.muster.node.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelPort;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.Tuning;
import dev.muster.protocol.text.SecretForms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// One call in flight, on a (virtual) thread of its own.
final class HttpCall implements ModelPort.Call {
  private static final int ERROR_BYTES_MAX = 16 * 1_024;

  private final HttpModel model;
  private final Dialect dialect;
  private final ModelRequest request;
  private final Tuning tuning;
  private final ModelEvents events;
  private final CompletableFuture<ModelReply> reply = new CompletableFuture<>();

  /// Of the key, once it is known; only its own thread looks.
  private SecretForms forms = SecretForms.NONE;

  private final Thread thread = Thread.ofVirtual().name("model-call").unstarted(this::run);

  HttpCall(
      HttpModel model, Dialect dialect, ModelRequest request, Tuning tuning, ModelEvents events) {
    this.model = model;
    this.dialect = dialect;
    this.request = request;
    this.tuning = tuning;
    this.events = events;
  }

  void start() {
    var timeout = request.limits().timeout();
    var alarm = new CompletableFuture<Boolean>();
    var _ =
        alarm
            .completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(late -> {
              if (late) end(model.cut(timeout));
            });
    var _ = reply.whenComplete((_, _) -> alarm.complete(false));
    thread.start();
  }

  @Override
  public CompletionStage<ModelReply> reply() {
    return reply.minimalCompletionStage();
  }

  @Override
  public void cancel() {
    end(new ModelFailure.Cancelled("nobody waits for the answer any more"));
  }

  /// The reply is out at once; the thread and its connection end on their own.
  private void end(ModelFailure failure) {
    if (reply.complete(new ModelReply.Failed(failure))) thread.interrupt();
  }

  private void run() {
    try {
      reply.complete(answered());
    } catch (BadAnswerException e) {
      fail(new ModelFailure.BadAnswer(String.valueOf(e.getMessage())));
    } catch (HttpTimeoutException | ConnectException e) {
      fail(new ModelFailure.Unreachable(null, model.host() + ": " + words(e)));
    } catch (IOException e) {
      fail(new ModelFailure.Unreachable(null, "no answer from " + model.host() + ": " + words(e)));
    } catch (InterruptedException _) {
      cancel();
    } catch (RuntimeException e) {
      fail(new ModelFailure.BadAnswer("could not be read: " + e.getClass().getSimpleName()));
    }
  }

  private void fail(ModelFailure failure) {
    reply.complete(new ModelReply.Failed(failure));
  }

  /// A client repeats what it could not read, however long it was and whatever it held.
  private String words(IOException e) {
    var said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return Excerpt.start(forms.without(said));
  }

  private ModelReply answered() throws IOException, InterruptedException {
    String key;
    try {
      key = model.key().reveal();
    } catch (IOException e) {
      return new ModelReply.Failed(new ModelFailure.Auth(words(e)));
    }
    // What echoes the key must not carry it into a journal.
    forms = SecretForms.of(List.of(key));
    var body = dialect.body(request, tuning, model.stream());
    HttpResponse<InputStream> response =
        model.client().send(http(key, body), HttpResponse.BodyHandlers.ofInputStream());
    try (var bytes = response.body()) {
      return response.statusCode() / 100 == 2 ? read(response, bytes) : refused(response, bytes);
    }
  }

  private HttpRequest http(String key, ObjectNode body) {
    var http =
        HttpRequest.newBuilder(URI.create(model.url() + dialect.path(tuning, model.stream())))
            .timeout(request.limits().timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    dialect.headers(key).forEach(http::header);
    return http.build();
  }

  private ModelReply refused(HttpResponse<?> response, InputStream bytes) throws IOException {
    var body = new String(bytes.readNBytes(ERROR_BYTES_MAX), StandardCharsets.UTF_8);
    return failed(response, forms.without(body));
  }

  private ModelReply failed(HttpResponse<?> response, String body) {
    var refusals =
        new Refusals(
            response.statusCode(), response.headers()::firstValue, body, model.clock().instant());
    return new ModelReply.Failed(refusals.failure());
  }

  private ModelReply read(HttpResponse<?> response, InputStream bytes) throws IOException {
    var bounded = new BoundedBytes(bytes, request.limits().answerBytesMax());
    var type = response.headers().firstValue("content-type").orElse("");
    var assembly = dialect.assembly(request, events);
    try {
      if (type.startsWith("text/event-stream") || type.startsWith("application/x-ndjson")) {
        var lines = new BufferedReader(new InputStreamReader(bounded, StandardCharsets.UTF_8));
        assemble(new Pieces(lines, type.startsWith("text/event")), assembly);
      } else {
        var whole = new String(bounded.readAllBytes(), StandardCharsets.UTF_8);
        assembly.take(Wire.parse(forms.without(whole)));
      }
    } catch (BadAnswerException e) {
      throw e;
    } catch (IOException e) {
      return new ModelReply.Failed(
          new ModelFailure.Cut(
              "%s ended in the middle of its answer: %s".formatted(model.host(), words(e))));
    }
    var error = assembly.error();
    if (error != null) return failed(response, error.toString());
    if (!assembly.whole()) {
      return new ModelReply.Failed(
          new ModelFailure.Cut(model.host() + " ended in the middle of its answer"));
    }
    // It may have been cut into pieces.
    return new ModelReply.Answered(assembly.answer().mapped(forms::without));
  }

  private void assemble(Pieces pieces, Dialect.Assembly assembly) throws IOException {
    for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
      if (piece.equals("[DONE]")) return;
      assembly.take(Wire.parse(forms.without(piece)));
      if (assembly.error() != null) return;
    }
  }
}

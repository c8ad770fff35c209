package dev.muster.orchestrator.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.readside.view.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one socket hears, line by line; `closed` is the last.
final class Ear implements WebSocket.Listener, AutoCloseable {
  private static final JsonNode CLOSED = Json.mapper().createObjectNode().put("event", "closed");

  private final BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  final WebSocket socket;

  Ear(HttpClient http, URI uri, Client client) {
    var builder = http.newWebSocketBuilder();
    var all = client.authorized();
    for (var i = 0; i < all.length; i += 2) builder.header(all[i], all[i + 1]);
    socket = builder.buildAsync(uri, this).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
    text.append(piece);
    if (last) {
      text.toString().lines().forEach(this::hear);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void hear(String line) {
    try {
      lines.add(Json.mapper().readTree(line));
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    lines.add(CLOSED);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    lines.add(CLOSED);
  }

  Ear say(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /// The next of that name, whatever comes before.
  JsonNode next(String event) throws InterruptedException {
    while (true) {
      var line = lines.poll(20, TimeUnit.SECONDS);
      if (line == null) throw new AssertionError("nothing came while waiting for " + event);
      if (line.path("event").asText().equals(event)) return line;
    }
  }

  String problem() throws InterruptedException {
    return next("problem").path("data").path("code").asText();
  }

  @Override
  public void close() {
    socket.abort();
  }
}

package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.protocol.text.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Talks HTTP to one node: below the names of [Api], for what has none there. Paths are below
/// `/api/v1`, with ids already encoded.
public final class NodeClient implements AutoCloseable {
  private static final String JSON = "application/json";

  private final Exchange exchange;

  NodeClient(Options options) {
    this.exchange = new Exchange(options);
  }

  /// The node that was spoken to last.
  public URI base() {
    return exchange.base();
  }

  /// True when a node answers there at all.
  public boolean alive() {
    return exchange.alive();
  }

  public JsonNode get(String path) {
    return parsed(path, send(() -> request(path, JSON).GET(), path, Exchange.TEXT));
  }

  String text(String path, String type) {
    return send(() -> request(path, type).GET(), path, Exchange.TEXT);
  }

  public <T> Fetched<T> get(String path, Class<T> type) {
    return as(get(path), type);
  }

  /// All items, page by page as they are asked for: one page at most is in memory.
  ///
  /// @param path with a query
  public <T> Stream<Fetched<T>> list(String path, Class<T> type) {
    var pages =
        new Pages(
            where(path),
            cursor -> get(cursor.isEmpty() ? path : path + "&cursor=" + Api.segment(cursor)));
    return StreamSupport.stream(pages, false).map(item -> as(item, type));
  }

  /// @param path of a log, with what it shall begin at
  LogPiece piece(String path) {
    HttpResponse.BodyHandler<LogPiece> whole =
        info ->
            HttpResponse.BodySubscribers.mapping(
                HttpResponse.BodySubscribers.ofByteArray(),
                bytes -> LogPiece.of(bytes, info.headers()));
    return send(() -> request(path, "text/plain").GET(), path, whole);
  }

  /// Hands over the lines as they arrive, so that a long journal needs no memory.
  public void lines(String path, Consumer<String> each) {
    try (var lines =
        send(() -> request(path, "application/x-ndjson").GET(), path, BodyHandlers.ofLines())) {
      lines.forEach(each);
    } catch (UncheckedIOException e) {
      throw failing(exchange.unreachable(e));
    }
  }

  /// However often it has to be sent, it is carried out once: it has one key.
  public JsonNode post(String path, ObjectNode body) {
    return post(path, JSON, () -> BodyPublishers.ofString(Visible.json(body.toString())));
  }

  public <T> Fetched<T> post(String path, ObjectNode body, Class<T> type) {
    return as(post(path, body), type);
  }

  /// The same, with a body of another kind.
  JsonNode post(String path, String type, Supplier<BodyPublisher> body, String... headers) {
    var key = UUID.randomUUID().toString();
    Supplier<HttpRequest.Builder> request =
        () -> {
          var begun =
              request(path, JSON)
                  .header("Content-Type", type)
                  .header("Idempotency-Key", key)
                  .POST(body.get());
          return headers.length == 0 ? begun : begun.headers(headers);
        };
    return parsed(path, send(request, path, Exchange.TEXT));
  }

  /// For what makes something new that a node remembers by no key, such as a token, which is shown
  /// once: sent once only. Where no answer comes, nobody knows whether it was carried out.
  JsonNode postOnce(String path, ObjectNode body) {
    var request =
        request(path, JSON)
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofString(Visible.json(body.toString())));
    return parsed(path, exchange.sentOnce(request, path));
  }

  /// A form without a token, as a login is; sent once only.
  JsonNode form(String path, String fields) {
    return parsed(path, exchange.form(path, fields));
  }

  /// What is gone already counts as deleted after a try that was not answered.
  public void delete(String path) {
    exchange.delete(() -> request(path, JSON).DELETE(), path);
  }

  /// A body that is read as it comes; whoever asked for it closes it.
  record Flowing(InputStream body, HttpHeaders headers) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  Flowing flowing(String path, String accept, String... headers) {
    Supplier<HttpRequest.Builder> request =
        () -> {
          var begun = request(path, accept).GET();
          return headers.length == 0 ? begun : begun.headers(headers);
        };
    var good = exchange.whole(request, path, BodyHandlers.ofInputStream());
    return new Flowing(good.body(), good.headers());
  }

  /// A connection has ended that was to stay: waits a while, or gives up.
  ///
  /// @param why null when it ended like one that is at its end
  void lost(@Nullable Exception why) {
    exchange.lost(why);
  }

  /// What the caller of this client throws in place of this.
  RuntimeException failing(ApiException e) {
    return exchange.failing(e);
  }

  String where(String path) {
    return exchange.where(path);
  }

  private HttpRequest.Builder request(String path, String accept) {
    return exchange.request(path, accept);
  }

  private <T> Fetched<T> as(JsonNode raw, Class<T> type) {
    try {
      return Fetched.of(raw, type);
    } catch (ApiException e) {
      throw failing(e);
    }
  }

  private JsonNode parsed(String path, String body) {
    try {
      return Json.parse(body, where(path));
    } catch (ApiException e) {
      throw failing(e);
    }
  }

  private <T> T send(
      Supplier<HttpRequest.Builder> request, String path, HttpResponse.BodyHandler<T> whenGood) {
    return exchange.whole(request, path, whenGood).body();
  }

  @Override
  public void close() {
    exchange.close();
  }
}

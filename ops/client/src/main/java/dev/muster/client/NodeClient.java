package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.protocol.text.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Talks HTTP to one node: below the names of [Api], for what has none there. Paths are below
/// `/api/v1`, with ids already encoded.
public final class NodeClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

  /// Where a request may be sent again, a node that hangs is given up sooner: another may answer.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// How long a node may be behind with reading its journal; it has waited 10 s itself each time.
  private static final Duration BEHIND_MAX = Duration.ofMinutes(2);

  private static final Duration BEHIND_PAUSE = Duration.ofMillis(500);
  private static final String JSON = "application/json";

  private final Options options;
  private final Duration answerMax;
  private final HttpClient http;
  private volatile URI base;

  NodeClient(Options options) {
    this.options = options;
    this.base = options.base();
    var isAlone = options.lifeline().equals(Lifeline.NONE);
    var longest = options.answerMax();
    this.answerMax = isAlone || longest.compareTo(PATIENCE) < 0 ? longest : PATIENCE;
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX);
    var believed = options.believed();
    this.http = (believed == null ? builder : builder.sslContext(believed)).build();
  }

  /// The node that was spoken to last.
  public URI base() {
    return base;
  }

  /// True when a node answers there at all.
  public boolean alive() {
    try {
      var request =
          HttpRequest.newBuilder(base.resolve("/health/live")).timeout(CONNECT_MAX).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw failing(interrupted(e));
    }
  }

  public JsonNode get(String path) {
    return parsed(path, send(() -> request(path, JSON).GET(), path, BodyHandlers.ofString()));
  }

  String text(String path, String type) {
    return send(() -> request(path, type).GET(), path, BodyHandlers.ofString());
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
      throw failing(unreachable(e));
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
    return parsed(path, send(request, path, BodyHandlers.ofString()));
  }

  /// A form without a token, as a login is; sent once only.
  JsonNode form(String path, String fields) {
    var request =
        HttpRequest.newBuilder(at(path))
            .timeout(answerMax)
            .header("Accept", JSON)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields));
    return switch (once(request, path, BodyHandlers.ofString())) {
      case Good<String>(var body, _) -> parsed(path, body);
      case Lost<String>(var why) -> throw failing(why);
      case Behind<String>(var why) -> throw failing(why);
    };
  }

  public void delete(String path) {
    var _ = send(() -> request(path, JSON).DELETE(), path, BodyHandlers.ofString());
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
    var good = whole(request, path, BodyHandlers.ofInputStream());
    return new Flowing(good.body(), good.headers());
  }

  /// A connection has ended that was to stay: waits a while, or gives up.
  ///
  /// @param why null when it ended like one that is at its end
  void lost(@Nullable Exception why) {
    try {
      base = options.lifeline().next(base, unreachable(why));
    } catch (ApiException e) {
      throw failing(e);
    }
  }

  /// What the caller of this client throws in place of this.
  RuntimeException failing(ApiException e) {
    return options.failures().apply(e);
  }

  String where(String path) {
    return at(path).toString();
  }

  private URI at(String path) {
    return base.resolve("/api/v1" + path);
  }

  private HttpRequest.Builder request(String path, String accept) {
    var request = HttpRequest.newBuilder(at(path)).timeout(answerMax).header("Accept", accept);
    var bearer = options.token().get();
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
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

  private sealed interface Outcome<T> {}

  private record Good<T>(T body, HttpHeaders headers) implements Outcome<T> {}

  /// Nobody knows whether the request was carried out, or it was not and may be later.
  private record Lost<T>(ApiException why) implements Outcome<T> {}

  /// The node goes on, and can answer in a while.
  private record Behind<T>(ApiException why) implements Outcome<T> {}

  private <T> T send(
      Supplier<HttpRequest.Builder> request, String path, HttpResponse.BodyHandler<T> whenGood) {
    return whole(request, path, whenGood).body();
  }

  private <T> Good<T> whole(
      Supplier<HttpRequest.Builder> request, String path, HttpResponse.BodyHandler<T> whenGood) {
    var until = System.nanoTime() + BEHIND_MAX.toNanos();
    try {
      while (true) {
        switch (once(request.get(), path, whenGood)) {
          case Good<T> good -> {
            options.lifeline().answered(base);
            return good;
          }
          case Lost<T>(var why) -> base = options.lifeline().next(base, why);
          case Behind<T>(var why) -> {
            if (System.nanoTime() > until) throw why;
            pause(BEHIND_PAUSE);
          }
        }
      }
    } catch (ApiException e) {
      throw failing(e);
    }
  }

  private record Refused(String body) {}

  private <T> Outcome<T> once(
      HttpRequest.Builder request, String path, HttpResponse.BodyHandler<T> whenGood) {
    HttpResponse.BodyHandler<Object> handler =
        info ->
            info.statusCode() < 300
                ? HttpResponse.BodySubscribers.mapping(whenGood.apply(info), body -> (Object) body)
                : HttpResponse.BodySubscribers.mapping(
                    BodyHandlers.ofString().apply(info), body -> (Object) new Refused(body));
    try {
      var response = http.send(request.build(), handler);
      if (response.body() instanceof Refused(var body)) {
        var problem = Problem.of(response.statusCode(), body);
        var why = new ApiException(new Failure.Refused(problem, where(path)), null);
        if (problem.isBehind()) return new Behind<>(why);
        if (problem.mayPass()) return new Lost<>(why);
        throw why;
      }
      @SuppressWarnings("unchecked") // `whenGood` made it
      var good = (T) response.body();
      return new Good<>(good, response.headers());
    } catch (HttpTimeoutException e) {
      return new Lost<>(new ApiException(new Failure.Silent(where(path), answerMax), e));
    } catch (IOException e) {
      return new Lost<>(unreachable(e));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ApiException unreachable(@Nullable Exception e) {
    var why = e == null ? "it has ended the stream" : e.getMessage();
    return new ApiException(new Failure.Unreachable(base, why), e);
  }

  static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static ApiException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ApiException(new Failure.Interrupted(), e);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

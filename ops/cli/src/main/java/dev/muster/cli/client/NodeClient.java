package dev.muster.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Talks HTTP to one node. Every failure is a `Refusal` that carries the exit code.
public final class NodeClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

  /// Where a request may be sent again, a node that hangs is given up sooner: another may answer.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// How long a node may be behind with reading its journal; it has waited 10 s itself each time.
  private static final Duration BEHIND_MAX = Duration.ofMinutes(2);

  private static final Duration BEHIND_PAUSE = Duration.ofMillis(500);

  private final Supplier<@Nullable String> token;
  private final Duration answerMax;
  private final Lifeline lifeline;
  private volatile URI base;
  private final HttpClient http;

  /// @param base such as `http://127.0.0.1:7400`
  /// @param token asked for at each request, since the file appears when a node first starts
  /// @param answerMax how long one answer may take
  public NodeClient(URI base, Supplier<@Nullable String> token, Duration answerMax) {
    this(base, token, answerMax, Lifeline.NONE, null);
  }

  /// @param lifeline asked when the node does not answer, or cannot for the moment
  /// @param believed over https; null for whom Java believes
  public NodeClient(
      URI base,
      Supplier<@Nullable String> token,
      Duration answerMax,
      Lifeline lifeline,
      @Nullable SSLContext believed) {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX);
    this.http = (believed == null ? builder : builder.sslContext(believed)).build();
    this.base = base;
    this.token = token;
    this.answerMax =
        lifeline.equals(Lifeline.NONE) || answerMax.compareTo(PATIENCE) < 0 ? answerMax : PATIENCE;
    this.lifeline = lifeline;
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
      throw interrupted(e);
    }
  }

  /// @param path below `/api/v1`, ids already encoded
  public JsonNode get(String path) {
    return Json.parse(
        send(() -> request(path, "application/json").GET(), path, BodyHandlers.ofString()),
        where(path));
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
    } catch (java.io.UncheckedIOException e) {
      throw unreachable(e);
    }
  }

  /// However often it has to be sent, it is carried out once: it has one key.
  public JsonNode post(String path, ObjectNode body) {
    var key = UUID.randomUUID().toString();
    return Json.parse(
        send(
            () ->
                request(path, "application/json")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(Json.line(body))),
            path,
            BodyHandlers.ofString()),
        where(path));
  }

  /// A form without a token, as a login is; sent once only.
  JsonNode form(String path, String fields) {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v1" + path))
            .timeout(answerMax)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(fields));
    return switch (once(request, path, BodyHandlers.ofString())) {
      case Good<String>(var body) -> Json.parse(body, where(path));
      case Lost<String>(var why) -> throw why;
      case Behind<String>(var why) -> throw why;
    };
  }

  public void delete(String path) {
    var _ = send(() -> request(path, "application/json").DELETE(), path, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String accept) {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v1" + path))
            .timeout(answerMax)
            .header("Accept", accept);
    var bearer = token.get();
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BEHIND_PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private sealed interface Outcome<T> {}

  private record Good<T>(T body) implements Outcome<T> {}

  /// Nobody knows whether the request was carried out, or it was not and may be later.
  private record Lost<T>(Refusal why) implements Outcome<T> {}

  /// The node goes on, and can answer in a while.
  private record Behind<T>(Refusal why) implements Outcome<T> {}

  private <T> T send(
      Supplier<HttpRequest.Builder> request, String path, HttpResponse.BodyHandler<T> whenGood) {
    var until = System.nanoTime() + BEHIND_MAX.toNanos();
    while (true) {
      switch (once(request.get(), path, whenGood)) {
        case Good<T>(var body) -> {
          lifeline.answered(base);
          return body;
        }
        case Lost<T>(var why) -> base = lifeline.next(base, why);
        case Behind<T>(var why) -> {
          if (System.nanoTime() > until) throw why;
          pause();
        }
      }
    }
  }

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
        var refusal = Problem.refusal(response.statusCode(), body, where(path));
        if (Problem.isBehind(body)) return new Behind<>(refusal);
        if (Problem.mayPass(response.statusCode(), body)) return new Lost<>(refusal);
        throw refusal;
      }
      @SuppressWarnings("unchecked") // `whenGood` made it
      var good = (T) response.body();
      return new Good<>(good);
    } catch (HttpTimeoutException e) {
      return new Lost<>(
          new Refusal(
              Exit.TIMED_OUT,
              where(path) + " did not answer within " + answerMax.toSeconds() + " s",
              "look at the node's workforce.log, or allow more with --timeout",
              e));
    } catch (IOException e) {
      return new Lost<>(unreachable(e));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private record Refused(String body) {}

  private String where(String path) {
    return base + "/api/v1" + path;
  }

  private Refusal unreachable(Exception e) {
    var said = e.getMessage();
    return new Refusal(
        Exit.UNREACHABLE,
        "the node at " + base + " cannot be reached" + (said == null ? "" : ": " + said),
        "start one with: `muster up`",
        e);
  }

  private static Refusal interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Refusal(Exit.INTERRUPTED, "interrupted", null, e);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

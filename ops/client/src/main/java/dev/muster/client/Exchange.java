package dev.muster.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends one request until it is answered: again where that is harmless, to another node where one
/// is known.
final class Exchange implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

  /// Where a request may be sent again, a node that hangs is given up sooner: another may answer.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// How long a node may be behind with reading its journal; it has waited 10 s itself each time.
  private static final Duration BEHIND_MAX = Duration.ofMinutes(2);

  private static final Duration BEHIND_PAUSE = Duration.ofMillis(500);

  /// What was sent is sent again each time.
  private static final Duration UNDER_WAY_PAUSE = Duration.ofSeconds(2);

  private static final Duration BODY_MAX = Duration.ofMinutes(1);
  private static final long TEXT_BYTES_MAX = 128L << 20;

  /// An answer that is taken whole.
  static final HttpResponse.BodyHandler<String> TEXT =
      BodyHandlers.limiting(BodyHandlers.ofString(), TEXT_BYTES_MAX);

  private final Options options;
  private final Duration answerMax;
  private final HttpClient http;
  private volatile URI base;

  Exchange(Options options) {
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

  URI base() {
    return base;
  }

  /// True when a node answers there at all.
  boolean alive() {
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

  String where(String path) {
    return at(path).toString();
  }

  private URI at(String path) {
    return base.resolve("/api/v1" + path);
  }

  HttpRequest.Builder request(String path, String accept) {
    var request = HttpRequest.newBuilder(at(path)).timeout(answerMax).header("Accept", accept);
    var bearer = options.token().get();
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
  }

  /// A form without a token, as a login is; sent once only.
  String form(String path, String fields) {
    var request =
        HttpRequest.newBuilder(at(path))
            .timeout(answerMax)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields));
    return sentOnce(request, path);
  }

  String sentOnce(HttpRequest.Builder request, String path) {
    return switch (once(request, path, TEXT)) {
      case Good<String>(var body, _) -> body;
      case Lost<String>(var why) -> throw failing(why);
      case Behind<String>(var why) -> throw failing(why);
      case UnderWay<String>(var why) -> throw failing(why);
    };
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

  sealed interface Outcome<T> {}

  record Good<T>(T body, HttpHeaders headers) implements Outcome<T> {}

  /// Nobody knows whether the request was carried out, or it was not and may be later.
  private record Lost<T>(ApiException why) implements Outcome<T> {}

  /// The node goes on, and can answer in a while.
  private record Behind<T>(ApiException why) implements Outcome<T> {}

  /// The node still does it.
  private record UnderWay<T>(ApiException why) implements Outcome<T> {}

  <T> Good<T> whole(
      Supplier<HttpRequest.Builder> request, String path, HttpResponse.BodyHandler<T> whenGood) {
    try {
      return insist(request, path, whenGood, () -> {});
    } catch (ApiException e) {
      throw failing(e);
    }
  }

  /// What is not there any more counts as deleted where an earlier try was not answered: it may
  /// have been that one.
  void delete(Supplier<HttpRequest.Builder> request, String path) {
    var lost = new AtomicBoolean();
    try {
      var _ = insist(request, path, TEXT, () -> lost.set(true));
    } catch (ApiException e) {
      if (!lost.get() || e.status() != 404) throw failing(e);
    }
  }

  /// @param lost told of each try of which nobody knows whether it was carried out
  private <T> Good<T> insist(
      Supplier<HttpRequest.Builder> request,
      String path,
      HttpResponse.BodyHandler<T> whenGood,
      Runnable lost) {
    var began = System.nanoTime();
    while (true) {
      switch (once(request.get(), path, whenGood)) {
        case Good<T> good -> {
          options.lifeline().answered(base);
          return good;
        }
        case Lost<T>(var why) -> {
          lost.run();
          base = options.lifeline().next(base, why);
        }
        case Behind<T>(var why) -> {
          if (System.nanoTime() - began > BEHIND_MAX.toNanos()) throw why;
          pause(BEHIND_PAUSE);
        }
        case UnderWay<T>(var why) -> {
          if (System.nanoTime() - began > options.workMax().toNanos()) throw why;
          pause(UNDER_WAY_PAUSE);
        }
      }
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
                    TEXT.apply(info), body -> (Object) new Refused(body));
    try {
      var response = ended(request.build(), handler);
      if (response.body() instanceof Refused(var body)) {
        var problem = Problem.of(response.statusCode(), body);
        var why = new ApiException(new Failure.Refused(problem, where(path)), null);
        if (problem.isBehind()) return new Behind<>(why);
        if (problem.isUnderWay()) return new UnderWay<>(why);
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

  /// The timeout of a request ends with the headers of its answer: one that is taken whole has a
  /// limit of its own.
  private HttpResponse<Object> ended(HttpRequest request, HttpResponse.BodyHandler<Object> handler)
      throws IOException, InterruptedException {
    var answer = http.sendAsync(request, handler);
    try {
      return answer.get(answerMax.plus(BODY_MAX).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("the answer has not ended");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) throw cause;
      throw new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  ApiException unreachable(@Nullable Exception e) {
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

package dev.muster.orchestrator.http;

import dev.muster.orchestrator.result.ResultsException;
import dev.muster.orchestrator.view.JournalException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of a request: admitted, matched, authorised, read, carried out, answered. Whatever goes
/// wrong on it becomes a problem.
final class Requests {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
  private static final long BODY_WITHIN_MILLIS = 10_000;

  private final ActorSystem<?> system;
  private final Api api;
  private final Router router;
  private final Guard guard;
  private final Idempotency idempotency;
  private final Executor executor;
  private final Semaphore requests;
  private final Responses responses;

  Requests(
      ActorSystem<?> system, HttpSettings settings, Api api, Router router, Executor executor) {
    this.system = system;
    this.api = api;
    this.router = router;
    this.guard = new Guard(settings, api.token());
    this.idempotency = new Idempotency(api.database(), api.clock());
    this.executor = executor;
    this.requests = new Semaphore(settings.requestsMax());
    this.responses = new Responses(new Semaphore(settings.streamsMax()));
  }

  private record Head(
      String requestId,
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers) {}

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    var requestId = "req_" + Long.toString(api.random().nextLong(1L << 50), 36);
    var path = request.getUri().path();
    if (!requests.tryAcquire()) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedFuture(
          responses.of(Answer.problem(tooMany().at(path, requestId)), requestId));
    }
    return answer(request, path, requestId)
        .exceptionally(e -> refusal(e, path, requestId))
        .thenApply(answer -> responses.of(answer, requestId))
        .whenComplete((_, _) -> requests.release());
  }

  private static Problem tooMany() {
    return Problem.of(429, "too-many-requests", "too many requests are in flight: wait a second");
  }

  private CompletionStage<Answer> answer(HttpRequest request, String path, String requestId) {
    try {
      var head = head(request, path, requestId);
      var match = admit(request, head);
      var limit = match.endpoint().bodyBytesMax();
      return request
          .entity()
          .withSizeLimit(limit)
          .toStrict(BODY_WITHIN_MILLIS, system)
          .thenApplyAsync(entity -> carryOut(head, match, limit, entity.getData()), executor);
    } catch (RuntimeException e) {
      request.discardEntityBytes(system);
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Head head(HttpRequest request, String path, String requestId) {
    var headers = new HashMap<String, String>();
    request
        .getHeaders()
        .forEach(header ->
            headers.merge(header.lowercaseName(), header.value(), (a, b) -> a + ", " + b));
    var query = new HashMap<String, String>();
    request
        .getUri()
        .query()
        .toList()
        .forEach(pair -> query.putIfAbsent(pair.first(), pair.second()));
    return new Head(requestId, request.method().name(), path, query, headers);
  }

  private Router.Match admit(HttpRequest request, Head head) {
    guard.admit(head.path(), head.headers().get("host"), head.headers().get("origin"));
    var isSecret = guard.isSecret(head.path());
    if (isSecret) authorize(head);
    var segments = new ArrayList<String>();
    request.getUri().pathSegments().forEach(segments::add);
    var match = router.find(head.method(), List.copyOf(segments));
    var endpoint = match.endpoint();
    if (endpoint.secured() && !isSecret) authorize(head);
    if (!endpoint.early() && !api.ready().getAsBoolean()) {
      throw ProblemException.of(
          503, "starting", "this node is starting; /health/ready tells when it is ready");
    }
    acceptable(endpoint, head);
    typed(request, endpoint);
    return match;
  }

  private void authorize(Head head) {
    guard.authorize(head.headers().get("authorization"), head.headers().get("sec-fetch-site"));
  }

  private static void acceptable(Endpoint endpoint, Head head) {
    var accept = head.headers().get("accept");
    var types = endpoint.types();
    if (types.isEmpty() || types.stream().anyMatch(type -> Accepts.matches(accept, type))) return;
    throw ProblemException.of(
        406, "not-acceptable", "expected to be asked for %s, found %s".formatted(types, accept));
  }

  private static void typed(HttpRequest request, Endpoint endpoint) {
    var entity = request.entity();
    var length = entity.getContentLengthOption();
    if (length.isPresent() && length.getAsLong() > endpoint.bodyBytesMax()) {
      throw tooLarge(endpoint.bodyBytesMax());
    }
    if (!endpoint.method().equals("POST") || entity.isKnownEmpty()) return;
    var type = entity.getContentType().mediaType().toString().toLowerCase(Locale.ROOT);
    if (!type.equals(Answer.JSON)) {
      throw ProblemException.of(
          415, "unsupported-media-type", "expected a body of application/json, found " + type);
    }
  }

  private static ProblemException tooLarge(int limit) {
    return ProblemException.of(
        413, "body-too-large", "expected a body of at most " + limit + " bytes, found more");
  }

  private Answer carryOut(Head head, Router.Match match, int limit, ByteString body) {
    if (body.size() > limit) throw tooLarge(limit);
    var call =
        new Call(
            head.requestId(),
            head.method(),
            head.path(),
            match.parts(),
            head.query(),
            head.headers(),
            body);
    return idempotency.once(call, match.endpoint().handler());
  }

  private Answer refusal(Throwable thrown, String path, String requestId) {
    var cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Router.MethodNotAllowed refused) return refused.answer(path, requestId);
    var answer = Answer.problem(problem(cause, requestId).at(path, requestId));
    return answer.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
  }

  private Problem problem(Throwable cause, String requestId) {
    return switch (cause) {
      case ProblemException refused -> refused.problem();
      case EntityStreamSizeException large -> tooLarge((int) large.limit()).problem();
      case IllegalUriException bad ->
          Problem.of(400, "invalid-uri", String.valueOf(bad.getMessage()));
      case TimeoutException _ ->
          Problem.of(408, "body-too-slow", "expected the whole body within 10 s");
      case JournalException unreadable ->
          Problem.of(503, "journal-unavailable", String.valueOf(unreadable.getMessage()));
      case ResultsException unwritable ->
          Problem.of(500, "results-unwritable", String.valueOf(unwritable.getMessage()));
      default -> {
        LOG.error("request {} failed", requestId, cause);
        yield Problem.of(
            500, "internal-error", "something broke; the node's log has it under " + requestId);
      }
    };
  }
}

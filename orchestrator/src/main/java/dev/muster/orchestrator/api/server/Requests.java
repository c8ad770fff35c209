package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Accepts;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.identity.Auditing;
import dev.muster.orchestrator.api.identity.Authority;
import dev.muster.orchestrator.api.identity.Credentials;
import dev.muster.orchestrator.api.identity.LoginPage;
import dev.muster.orchestrator.security.identity.Principal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The way of a request: admitted, known, matched, permitted, read, carried out, answered. Whatever
/// goes wrong on it becomes a problem.
final class Requests {
  private static final long BODY_WITHIN_MILLIS = 10_000;

  /// Of known callers only, and less than what a request may take as a whole.
  private static final long UPLOAD_WITHIN_MILLIS = 50_000;

  /// Requests of unknown callers in flight: each is answered before anything of it is waited for.
  private static final int STRANGERS_MAX = 64;

  /// Of those, requests that log in, and whose few bytes are waited for.
  private static final int LOGINS_MAX = 16;

  private final ActorSystem<?> system;
  private final Api api;
  private final Router router;
  private final Guard guard;
  private final Credentials credentials;
  private final Authority authority;
  private final Idempotency idempotency;
  private final Auditing auditing;
  private final Executor executor;
  private final Shares requests;
  private final Shares logins;
  private final Responses responses;
  private final Cors cors;
  private final Duration answerMax;

  Requests(
      ActorSystem<?> system, HttpSettings settings, Api api, Router router, Executor executor) {
    this.system = system;
    this.api = api;
    this.router = router;
    this.guard = new Guard(settings);
    this.credentials = new Credentials(api.token(), api.identities());
    this.authority = new Authority(api);
    this.idempotency = new Idempotency(api.database(), api.clock());
    this.auditing = new Auditing(api.audit(), api.clock());
    this.executor = executor;
    this.requests = new Shares(settings.requestsMax(), STRANGERS_MAX);
    this.logins = new Shares(0, LOGINS_MAX);
    this.cors = new Cors(settings.origins());
    this.answerMax = settings.answerMax();
    this.responses = new Responses(new Shares(settings.streamsMax(), 0));
  }

  /// An answer, and whom it is for; nobody's where the caller is a stranger.
  private record Answered(@Nullable Principal to, Answer answer) {}

  CompletionStage<HttpResponse> handle(HttpRequest request, Connections.Connection connection) {
    connection.heard();
    var requestId = "req_" + Long.toString(api.random().nextLong(1L << 50), 36);
    var path = request.getUri().path();
    Overdue.told(request, requestId, answerMax);
    return answer(request, path, requestId, connection)
        .exceptionally(e -> new Answered(null, Refusals.of(e, null, requestId)))
        .thenApply(it -> {
          var action = request.method().name() + " " + path;
          auditing.refused(it.to(), connection.group(), action, it.answer(), requestId);
          var upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade).orElse(null);
          var response = responses.of(it.answer(), requestId, it.to(), upgrade);
          return cors.marked(response, header(request, "Origin"));
        });
  }

  private CompletionStage<Answered> answer(
      HttpRequest request, String path, String requestId, Connections.Connection connection) {
    try {
      var head = guarded(Head.of(request, path, requestId));
      if (cors.isPreflight(head.method(), head.headers())) {
        request.discardEntityBytes(system);
        return CompletableFuture.completedFuture(new Answered(null, Cors.preflight()));
      }
      // "OPTIONS *" and the like have an empty path, which is not that of the console.
      var slashed = path.isEmpty() || (path.endsWith("/") && !path.equals("/"));
      var open = slashed ? null : router.open(head.method(), head.segments());
      if (open != null) return forStranger(request, head, open, connection);
      if (!Credentials.given(head.headers()) && LoginPage.isFor(head.path(), head.headers())) {
        request.discardEntityBytes(system);
        return CompletableFuture.completedFuture(new Answered(null, LoginPage.instead()));
      }
      return known(head, connection)
          .whenComplete((_, stranger) -> {
            if (stranger != null) request.discardEntityBytes(system);
          })
          .thenCompose(principal -> {
            connection.knownAs(principal.name());
            return answered(request, head, principal);
          });
    } catch (RuntimeException e) {
      request.discardEntityBytes(system);
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Answered> forStranger(
      HttpRequest request, Head head, Router.Match open, Connections.Connection connection) {
    var isPosted = open.endpoint().method().equals("POST");
    if (isPosted) guard.sameSite(head.headers().get("sec-fetch-site"));
    var group = isPosted ? connection.tellApart() : connection.group();
    var leave = (isPosted ? logins : requests).takeAsStranger(group);
    if (leave == null) throw tooMany();
    return answered(request, head, open, null, group, leave);
  }

  /// Who it is. Nothing of the body has been read, and of strangers nothing ever is.
  private CompletionStage<Principal> known(Head head, Connections.Connection connection) {
    var owner = credentials.owner(head.headers());
    if (owner != null) return CompletableFuture.completedFuture(owner);
    if (!Credentials.given(head.headers())) throw Credentials.missing();
    var leave = requests.takeAsStranger(connection.group());
    if (leave == null) throw tooMany();
    return CompletableFuture.supplyAsync(
            () -> credentials.find(head.method(), head.headers()), executor)
        .whenComplete((_, _) -> leave.run());
  }

  private CompletionStage<Answered> answered(HttpRequest request, Head head, Principal principal) {
    return CompletableFuture.completedFuture(principal)
        .thenCompose(it -> forCaller(request, head, it))
        .exceptionally(e -> {
          request.discardEntityBytes(system);
          return new Answered(principal, Refusals.of(e, head.path(), head.requestId()));
        });
  }

  private CompletionStage<Answered> forCaller(HttpRequest request, Head head, Principal principal) {
    guard.sameSite(head.headers().get("sec-fetch-site"));
    Guard.readable(head.segments(), head.query());
    var match = router.find(head.method(), head.segments());
    if (principal.workforce() == null) {
      authority.check(principal, match.endpoint(), match.parts());
      return admitted(request, head, match, principal);
    }
    return CompletableFuture.runAsync(
            () -> authority.check(principal, match.endpoint(), match.parts()), executor)
        .thenCompose(_ -> admitted(request, head, match, principal));
  }

  private CompletionStage<Answered> admitted(
      HttpRequest request, Head head, Router.Match match, Principal principal) {
    var leave = requests.take(principal);
    if (leave == null) throw tooMany();
    return answered(request, head, match, principal, principal.name(), leave);
  }

  /// @param leave gives back the place that it takes, whatever becomes of it
  private CompletionStage<Answered> answered(
      HttpRequest request,
      Head head,
      Router.Match match,
      @Nullable Principal principal,
      String peer,
      Runnable leave) {
    try {
      check(request, head, match.endpoint());
      return body(request, match.endpoint())
          .thenApplyAsync(
              body -> new Answered(principal, carryOut(head, match, body, principal, peer)),
              executor)
          .whenComplete((_, _) -> leave.run());
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  private void check(HttpRequest request, Head head, Endpoint endpoint) {
    if (!endpoint.early() && !api.ready().getAsBoolean()) {
      throw ProblemException.of(
          503, "starting", "this node is starting; /health/ready tells when it is ready");
    }
    acceptable(endpoint, head);
    typed(request, endpoint);
  }

  /// Only what is posted has a body that anybody waits for.
  private CompletionStage<ByteString> body(HttpRequest request, Endpoint endpoint) {
    if (!endpoint.method().equals("POST")) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedFuture(ByteString.emptyByteString());
    }
    return request
        .entity()
        .withSizeLimit(endpoint.bodyBytesMax())
        .toStrict(
            endpoint.bodyBytesMax() > Endpoint.MIB ? UPLOAD_WITHIN_MILLIS : BODY_WITHIN_MILLIS,
            system)
        .thenApply(entity -> entity.getData());
  }

  /// What comes from a page of another site shows a token: a cookie is not that page's to use.
  private Head guarded(Head head) {
    var origin = head.headers().get("origin");
    var isOthers = cors.allows(origin);
    guard.admit(head.path(), head.headers().get("host"), isOthers ? null : origin);
    if (!isOthers) return head;
    return head.without(Set.of("cookie", "sec-fetch-site"));
  }

  private static @Nullable String header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value).orElse(null);
  }

  private static ProblemException tooMany() {
    return ProblemException.of(
        429, "too-many-requests", "too many requests are in flight: wait a second");
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
      throw Refusals.tooLarge(endpoint.bodyBytesMax());
    }
    if (!endpoint.method().equals("POST") || entity.isKnownEmpty()) return;
    var type = entity.getContentType().mediaType().toString().toLowerCase(Locale.ROOT);
    if (!type.equals(endpoint.takes())) {
      throw ProblemException.of(
          415, "unsupported-media-type", "expected a body of " + endpoint.takes());
    }
  }

  private Answer carryOut(
      Head head, Router.Match match, ByteString body, @Nullable Principal principal, String peer) {
    var limit = match.endpoint().bodyBytesMax();
    if (body.size() > limit) throw Refusals.tooLarge(limit);
    var call =
        new Call(
            head.requestId(),
            principal,
            peer,
            head.method(),
            head.path(),
            match.parts(),
            head.query(),
            head.headers(),
            body);
    var endpoint = match.endpoint();
    return auditing.carryOut(call, endpoint, () -> idempotency.once(call, endpoint::answer));
  }
}

package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Answer.Content;
import dev.muster.orchestrator.api.exchange.Problem;
import dev.muster.orchestrator.security.identity.Principal;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.japi.function.Function2;
import org.jspecify.annotations.Nullable;

/// Turns answers into HTTP responses, and bounds how many streams there are at once.
final class Responses {
  private static final Problem TOO_MANY =
      Problem.of(429, "too-many-streams", "too many streams are open: close one");
  private static final Problem NO_SOCKET =
      Problem.of(426, "upgrade-required", "expected the handshake of a WebSocket, found none");

  private final Shares streams;

  Responses(Shares streams) {
    this.streams = streams;
  }

  /// @param upgrade how the connection becomes a WebSocket; null where nobody asked for that
  /// @param to null for a stranger
  HttpResponse of(
      Answer answer, String requestId, @Nullable Principal to, @Nullable WebSocketUpgrade upgrade) {
    if (to == null && answer.status() >= 400) return ended(answer, requestId);
    return switch (answer.content()) {
      case Content.Whole _ -> whole(answer, requestId);
      case Content.Streamed(var chunks) -> {
        var leave = to == null ? null : streams.take(to);
        if (leave == null) yield refused(TOO_MANY, requestId);
        var given = chunks.watchTermination(leaving(leave));
        yield headed(answer, HttpEntities.create(type(answer), given), requestId);
      }
      case Content.Socket(var messages) -> {
        if (upgrade == null) yield refused(NO_SOCKET, requestId);
        var leave = to == null ? null : streams.take(to);
        if (leave == null) yield refused(TOO_MANY, requestId);
        var told = Witnesses.watched("/api/v1/ws", messages);
        yield upgrade.handleMessagesWith(told.watchTermination(leaving(leave)));
      }
    };
  }

  private static Function2<NotUsed, CompletionStage<Done>, NotUsed> leaving(Runnable leave) {
    return (left, done) -> {
      done.whenComplete((Done _, Throwable _) -> leave.run());
      return left;
    };
  }

  /// Of what is answered by nobody who handles requests.
  static HttpResponse whole(Answer answer, String requestId) {
    return headed(answer, entity(answer), requestId);
  }

  private static HttpResponse refused(Problem problem, String requestId) {
    var refusal = Answer.problem(problem.at("", requestId));
    return whole(refusal, requestId);
  }

  /// A stranger who was refused has nothing more to say here, whatever it still sends.
  private static HttpResponse ended(Answer answer, String requestId) {
    return whole(answer, requestId).addHeader(Connection.create("close"));
  }

  private static HttpResponse headed(Answer sent, ResponseEntity entity, String requestId) {
    var response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(sent.status()))
            .withEntity(entity)
            .addHeader(RawHeader.create("X-Request-Id", requestId))
            .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
            .addHeader(RawHeader.create("X-Frame-Options", "DENY"))
            .addHeader(RawHeader.create("Referrer-Policy", "no-referrer"))
            .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));
    if (!sent.headers().containsKey("Cache-Control")) {
      response = response.addHeader(RawHeader.create("Cache-Control", "no-store"));
    }
    if (!sent.headers().containsKey("Content-Security-Policy")) {
      response =
          response.addHeader(
              RawHeader.create(
                  "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));
    }
    for (var header : sent.headers().entrySet()) {
      response = response.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    return response;
  }

  private static ResponseEntity entity(Answer answer) {
    return switch (answer.content()) {
      case Content.Whole(var bytes) -> HttpEntities.create(type(answer), bytes);
      case Content.Streamed(var chunks) -> HttpEntities.create(type(answer), chunks);
      case Content.Socket _ -> throw new IllegalStateException("a socket has no body");
    };
  }

  private static ContentType type(Answer answer) {
    return ContentTypes.parse(answer.type());
  }
}

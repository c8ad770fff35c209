package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Answer.Content;
import dev.muster.orchestrator.api.exchange.Problem;
import dev.muster.orchestrator.security.identity.Principal;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/// Turns answers into HTTP responses, and bounds how many streams there are at once.
final class Responses {
  private final Shares streams;

  Responses(Shares streams) {
    this.streams = streams;
  }

  /// @param to null for a stranger
  HttpResponse of(Answer answer, String requestId, @Nullable Principal to) {
    if (to == null && answer.status() >= 400) return ended(answer, requestId);
    if (!(answer.content() instanceof Content.Streamed(var chunks))) {
      return headed(answer, entity(answer), requestId);
    }
    var leave = to == null ? null : streams.take(to);
    if (leave == null) {
      var refusal =
          Answer.problem(
              Problem.of(429, "too-many-streams", "too many streams are open: close one")
                  .at("", requestId));
      return headed(refusal, entity(refusal), requestId);
    }
    var given =
        chunks.watchTermination((left, done) -> {
          done.whenComplete((Done _, Throwable _) -> leave.run());
          return left;
        });
    return headed(answer, HttpEntities.create(type(answer), given), requestId);
  }

  /// A stranger who was refused has nothing more to say here, whatever it still sends.
  private static HttpResponse ended(Answer answer, String requestId) {
    return headed(answer, entity(answer), requestId).addHeader(Connection.create("close"));
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
    };
  }

  private static ContentType type(Answer answer) {
    return ContentTypes.parse(answer.type());
  }
}

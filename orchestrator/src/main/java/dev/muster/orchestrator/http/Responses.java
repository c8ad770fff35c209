package dev.muster.orchestrator.http;

import dev.muster.orchestrator.http.Answer.Content;
import java.util.concurrent.Semaphore;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Turns answers into HTTP responses, and bounds how many streams there are at once.
final class Responses {
  private final Semaphore streams;

  Responses(Semaphore streams) {
    this.streams = streams;
  }

  HttpResponse of(Answer answer, String requestId) {
    var sent = answer;
    if (answer.content() instanceof Content.Streamed && !streams.tryAcquire()) {
      sent =
          Answer.problem(
              Problem.of(429, "too-many-streams", "too many streams are open: close one")
                  .at("", requestId));
    }
    var response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(sent.status()))
            .withEntity(entity(sent))
            .addHeader(RawHeader.create("X-Request-Id", requestId))
            .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
    if (!sent.headers().containsKey("Cache-Control")) {
      response = response.addHeader(RawHeader.create("Cache-Control", "no-store"));
    }
    for (var header : sent.headers().entrySet()) {
      response = response.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    return response;
  }

  private ResponseEntity entity(Answer answer) {
    ContentType type = ContentTypes.parse(answer.type());
    return switch (answer.content()) {
      case Content.Whole(var bytes) -> HttpEntities.create(type, bytes);
      case Content.Streamed(var chunks) ->
          HttpEntities.create(
              type,
              chunks.watchTermination((left, done) -> {
                done.whenComplete((Done _, Throwable _) -> streams.release());
                return left;
              }));
    };
  }
}

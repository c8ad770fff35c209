package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Problem;
import java.time.Duration;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;

/// What a caller is told when an answer takes longer than a connection waits for one. The request
/// goes on nevertheless: reading 20,000 files of a new run on a busy machine takes that long.
final class Overdue {
  private Overdue() {}

  /// Says so in place of what the server says by itself, which is no problem of this API.
  static void told(HttpRequest request, String requestId, Duration longest) {
    request
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            it -> it.timeoutAccess().updateHandler(_ -> response(request, requestId, longest)));
  }

  private static HttpResponse response(HttpRequest request, String requestId, Duration longest) {
    var problem = problem(request, longest).at(request.getUri().path(), requestId);
    // The server ends the connection after it, since the real answer may still come.
    return Responses.whole(Answer.problem(problem), requestId)
        .addHeader(Connection.create("close"));
  }

  private static Problem problem(HttpRequest request, Duration longest) {
    var late = "no answer within %d s; ".formatted(longest.toSeconds());
    if (request.method().equals(HttpMethods.GET)) {
      return Problem.of(
          503, "overdue", late + "ask for less, or again when the node has less to do");
    }
    if (request.getHeader("Idempotency-Key").map(HttpHeader::value).isEmpty()) {
      return Problem.of(
          503, "overdue", late + "it goes on: look what became of it before you send it again");
    }
    return Problem.of(
        503, "still-working", late + "it goes on: the same Idempotency-Key has its answer later");
  }
}

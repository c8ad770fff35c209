package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Problem;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.util.ByteString;

/// Answers what is so malformed that it never became a request. Named in the server's settings and
/// found by its static field, as Scala's own objects are.
public final class IllegalRequests extends ParsingErrorHandler {
  @SuppressWarnings({"checkstyle:MemberName", "unused"})
  static final IllegalRequests MODULE$ = new IllegalRequests();

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    var problem =
        Problem.of(status.intValue(), "malformed-request", "expected HTTP/1.1 as RFC 9112 has it");
    var answer = Answer.problem(problem);
    var body =
        switch (answer.content()) {
          case Answer.Content.Whole(var bytes) -> bytes;
          case Answer.Content.Streamed _, Answer.Content.Socket _ -> ByteString.emptyByteString();
        };
    log.debug("malformed request: {}", info.summary());
    return HttpResponse.create()
        .withStatus(status.intValue())
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
        .withEntity(ContentTypes.parse(Answer.PROBLEM), body);
  }
}

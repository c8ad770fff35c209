package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Problem;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.journal.tail.ReaderBehindException;
import dev.muster.orchestrator.readside.result.ResultsException;
import dev.muster.orchestrator.usecase.Refusal;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whatever goes wrong on the way of a request becomes a problem.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /// @param path null where a stranger is refused
  static Answer of(Throwable thrown, @Nullable String path, String requestId) {
    var cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Router.MethodNotAllowed refused) return refused.answer(path, requestId);
    var answer = Answer.problem(problem(cause, requestId).at(path, requestId));
    return answer.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
  }

  static ProblemException tooLarge(int limit) {
    return ProblemException.of(
        413, "body-too-large", "expected a body of at most " + limit + " bytes, found more");
  }

  private static Problem problem(Throwable cause, String requestId) {
    return switch (cause) {
      case ProblemException refused -> refused.problem();
      case Refusal refused -> Problem.of(refused);
      case EntityStreamSizeException large -> tooLarge((int) large.limit()).problem();
      case IllegalUriException _ ->
          Problem.of(400, "invalid-uri", "expected a URI as RFC 3986 has it, found another text");
      case TimeoutException _ ->
          Problem.of(408, "body-too-slow", "expected the whole body within 10 s");
      case ReaderBehindException behind ->
          Problem.of(503, "reader-behind", String.valueOf(behind.getMessage()));
      case JournalException unreadable ->
          Problem.of(503, "journal-unavailable", String.valueOf(unreadable.getMessage()));
      case ResultsException unwritable ->
          Problem.of(500, "results-unwritable", String.valueOf(unwritable.getMessage()));
      case StackOverflowError _ -> {
        LOG.error("request {} was nested too deeply", requestId);
        yield Problem.of(400, "too-deep", "expected text that is less deeply nested");
      }
      default -> {
        LOG.error("request {} failed", requestId, cause);
        yield Problem.of(
            500, "internal-error", "something broke; the node's log has it under " + requestId);
      }
    };
  }
}

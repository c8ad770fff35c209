package dev.muster.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.jspecify.annotations.Nullable;

/// What went wrong, as RFC 9457 `application/problem+json`.
///
/// @param code stable, for programs
/// @param detail what was expected, what was found, what to do next
/// @param retryable the same request may succeed later
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable String instance,
    @Nullable String requestId,
    boolean retryable,
    List<FieldError> errors) {
  public Problem {
    errors = List.copyOf(errors);
  }

  /// @param field of the body or query; a line of a file where the problem lies there
  public record FieldError(String field, String message) {}

  static Problem of(int status, String code, String detail) {
    var retryable = status == 429 || status == 503 || status == 408;
    var title = StatusCodes.get(status).reason();
    return new Problem(
        "about:blank", title, status, code, detail, null, null, retryable, List.of());
  }

  Problem withErrors(List<FieldError> found) {
    return new Problem(type, title, status, code, detail, instance, requestId, retryable, found);
  }

  Problem thatMayPass() {
    return new Problem(type, title, status, code, detail, instance, requestId, true, errors);
  }

  Problem at(String path, String request) {
    return new Problem(type, title, status, code, detail, path, request, retryable, errors);
  }

  /// Ends the handling of a request.
  ProblemException exception() {
    return new ProblemException(this);
  }
}

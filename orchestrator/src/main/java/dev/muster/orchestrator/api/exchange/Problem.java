package dev.muster.orchestrator.api.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.protocol.text.Visible;
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
  private static final int DETAIL_CHARS_MAX = 20_000;
  private static final int PATH_CHARS_MAX = 300;

  public Problem {
    errors = List.copyOf(errors);
  }

  /// @param field of the body or query; a line of a file where the problem lies there
  public record FieldError(String field, String message) {}

  public static Problem of(int status, String code, String detail) {
    var shown = cut(Visible.block(detail), DETAIL_CHARS_MAX);
    var retryable = status == 429 || status == 503 || status == 408;
    var title = StatusCodes.get(status).reason();
    return new Problem("about:blank", title, status, code, shown, null, null, retryable, List.of());
  }

  /// The one place that says what a refusal is in HTTP.
  public static Problem of(Refusal refusal) {
    var status =
        switch (refusal.kind()) {
          case UNKNOWN -> 404;
          case FORBIDDEN -> 403;
          case CONFLICT -> 409;
          case UNUSABLE -> 422;
          case UNAVAILABLE -> 503;
        };
    var errors =
        refusal.faults().stream()
            .map(fault -> new FieldError(fault.where(), fault.what()))
            .toList();
    return of(status, refusal.code(), refusal.words()).withErrors(errors);
  }

  Problem withErrors(List<FieldError> found) {
    return new Problem(type, title, status, code, detail, instance, requestId, retryable, found);
  }

  public Problem thatMayPass() {
    return new Problem(type, title, status, code, detail, instance, requestId, true, errors);
  }

  /// @param path null where a stranger would only see again what it sent
  public Problem at(@Nullable String path, String request) {
    var where = path == null ? null : cut(Visible.visible(path), PATH_CHARS_MAX);
    return new Problem(type, title, status, code, detail, where, request, retryable, errors);
  }

  private static String cut(String text, int charsMax) {
    return text.length() <= charsMax ? text : text.substring(0, charsMax) + "…";
  }

  /// Ends the handling of a request.
  public ProblemException exception() {
    return new ProblemException(this);
  }
}

package dev.muster.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A call came to nothing; the failure says how.
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public ApiException(Failure failure, @Nullable Throwable cause) {
    super(failure.words(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /// As the node answered; 0 when none did.
  public int status() {
    return failure instanceof Failure.Refused(var problem, _) ? problem.status() : 0;
  }

  /// The problem's own name, such as `run-not-found`; empty when there is none.
  public String code() {
    return failure instanceof Failure.Refused(var problem, _) ? problem.code() : "";
  }
}

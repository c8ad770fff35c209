package dev.muster.orchestrator.api.exchange;

import java.io.Serial;
import java.util.List;

/// A refusal on its way out of a handler. Public so that ports can refuse, too.
public final class ProblemException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// @param code stable, for programs
  public static ProblemException of(int status, String code, String detail) {
    return Problem.of(status, code, detail).exception();
  }

  /// With what is wrong in which place, such as a line of a file.
  public ProblemException because(List<Problem.FieldError> errors) {
    return problem.withErrors(errors).exception();
  }

  public Problem problem() {
    return problem;
  }
}

package dev.muster.orchestrator.readside.result;

import java.io.IOException;
import java.io.Serial;

/// The results could not be written. The run itself is not harmed: they can be written again from
/// the journal at any time.
public final class ResultsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private static final String ADVICE =
      ": the run is safe in its journal; mend that, then write the results again with"
          + " `muster results <run>`, or elsewhere with `--to DIR`";

  private final String reason;

  /// @param reason what could not be written and why, without advice
  ResultsException(String reason, IOException cause) {
    super(reason + ADVICE, cause);
    this.reason = reason;
  }

  private ResultsException(String reason, ResultsException first) {
    super(reason + ADVICE, first.getCause());
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }

  ResultsException andMore(int more) {
    return more == 0 ? this : new ResultsException(reason + " and " + more + " more", this);
  }
}

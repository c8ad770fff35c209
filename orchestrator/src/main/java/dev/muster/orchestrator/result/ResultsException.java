package dev.muster.orchestrator.result;

import java.io.IOException;
import java.io.Serial;

/// The results could not be written. The run itself is not harmed: they can be written again from
/// the journal at any time.
public final class ResultsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ResultsException(String message) {
    super(message);
  }

  ResultsException(String message, IOException cause) {
    super(message, cause);
  }
}

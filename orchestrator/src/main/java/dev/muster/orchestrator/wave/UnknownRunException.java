package dev.muster.orchestrator.wave;

import java.io.Serial;

/// Nobody has created a run of this name.
public final class UnknownRunException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public UnknownRunException(String run) {
    super("Expected the id of a run, but nobody has created " + run + ".");
  }
}

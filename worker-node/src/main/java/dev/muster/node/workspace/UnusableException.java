package dev.muster.node.workspace;

import java.io.IOException;

/// What stands at a name is not what was expected, as a sentence.
public final class UnusableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableException(String message) {
    super(message);
  }
}

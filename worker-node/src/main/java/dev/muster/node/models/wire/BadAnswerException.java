package dev.muster.node.models.wire;

import java.io.IOException;

/// What came is not of the protocol.
final class BadAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  BadAnswerException(String words) {
    super(words);
  }
}

package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent;

/// What becomes of an operator's command. A refusal is an answer, not an exception.
sealed interface Ruling {
  /// @param why in words that an operator can act on
  record Refused(String why) implements Ruling {}

  /// Everything is as the operator wants it already.
  record AlreadySo() implements Ruling {}

  record Granted(RunEvent event) implements Ruling {}
}

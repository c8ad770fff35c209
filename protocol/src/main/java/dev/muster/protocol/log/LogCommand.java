package dev.muster.protocol.log;

import dev.muster.protocol.proof.FromOrchestrator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// What the log reader of a node can be asked. Every node that works has one, registered under the
/// node's name.
public sealed interface LogCommand extends FromOrchestrator {
  /// Of one answer: far below what the transport carries, so that nothing has to wait behind it.
  int PIECE_BYTES_MAX = 128 * 1_024;

  static ServiceKey<LogCommand> serviceKey(String node) {
    return ServiceKey.create(LogCommand.class, "LogReader-" + node);
  }

  /// Answered with what follows a byte position of the log as it is now.
  ///
  /// @param bytesMax more than `PIECE_BYTES_MAX` is taken for that
  record ReadLog(
      String run, String worker, int attempt, long from, int bytesMax, ActorRef<LogAnswer> replyTo)
      implements LogCommand {}
}

package dev.muster.protocol.log;

import dev.muster.protocol.CborSerializable;

/// What a log reader found.
public sealed interface LogAnswer extends CborSerializable {
  /// A piece of a log.
  ///
  /// @param sizeBytes of the whole log so far
  /// @param bytes shorter than asked for at the end, and at the limit of one piece
  @SuppressWarnings("ArrayRecordComponent") // written to the wire as it is, and never compared
  record Piece(long sizeBytes, byte[] bytes) implements LogAnswer {}

  /// This node has no such log, or cannot read it.
  record NoLog() implements LogAnswer {}
}

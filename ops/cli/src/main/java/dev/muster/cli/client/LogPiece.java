package dev.muster.cli.client;

import java.net.http.HttpHeaders;

/// A piece of what an attempt printed.
///
/// @param bytes may begin and end within a character
/// @param next the position that follows it
/// @param size of the whole so far
@SuppressWarnings("ArrayRecordComponent") // only passed on
public record LogPiece(byte[] bytes, long next, long size) {
  static LogPiece of(byte[] bytes, HttpHeaders headers) {
    var next = headers.firstValueAsLong("Muster-Log-Next").orElse(bytes.length);
    return new LogPiece(bytes, next, headers.firstValueAsLong("Muster-Log-Size").orElse(next));
  }

  /// Whether more was there when it was read.
  public boolean isFollowed() {
    return bytes.length > 0 && next < size;
  }
}

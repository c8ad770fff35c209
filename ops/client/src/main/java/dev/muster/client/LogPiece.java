package dev.muster.client;

import java.net.http.HttpHeaders;

/// A piece of what an attempt printed.
///
/// @param bytes may begin and end within a character
/// @param from the position of the first
/// @param next the position that follows it
/// @param size of the whole so far
@SuppressWarnings("ArrayRecordComponent") // only passed on
public record LogPiece(byte[] bytes, long from, long next, long size) {
  static LogPiece of(byte[] bytes, HttpHeaders headers) {
    var next = headers.firstValueAsLong("Muster-Log-Next").orElse(bytes.length);
    var from = headers.firstValueAsLong("Muster-Log-From").orElse(next - bytes.length);
    return new LogPiece(
        bytes, from, next, headers.firstValueAsLong("Muster-Log-Size").orElse(next));
  }

  /// Whether more was there when it was read.
  public boolean isFollowed() {
    return bytes.length > 0 && next < size;
  }
}

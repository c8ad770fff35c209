package dev.muster.cli.client;

import java.net.http.HttpHeaders;

/// A piece of what an attempt printed.
///
/// @param bytes may begin and end within a character
/// @param next the position that follows it
@SuppressWarnings("ArrayRecordComponent") // only passed on
public record LogPiece(byte[] bytes, long next) {
  static LogPiece of(byte[] bytes, HttpHeaders headers) {
    return new LogPiece(bytes, headers.firstValueAsLong("Muster-Log-Next").orElse(bytes.length));
  }
}

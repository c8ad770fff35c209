package dev.muster.orchestrator.api.resource;

import dev.muster.orchestrator.usecase.LogSource;
import java.io.IOException;

/// Where the last lines of a log begin.
final class LogTail {
  /// Further back nobody looks for the beginning of a line.
  static final int BYTES_MAX = 4 * 1_024 * 1_024;

  private LogTail() {}

  /// The position of the last so many lines. Where they are longer than is looked back, that of the
  /// first whole line in what is, or within a line that is longer itself.
  static long start(LogSource.Log log, long size, int lines) throws IOException {
    var seen = 0;
    var from = size;
    long first = -1;
    while (from > 0 && size - from < BYTES_MAX) {
      var before = from;
      from = Math.max(0, before - AttemptLogs.CHUNK_BYTES);
      var bytes = log.read(from, (int) (before - from));
      for (var i = bytes.length - 1; i >= 0; i--) {
        // The end of the last line begins no other.
        if (bytes[i] != '\n' || from + i == size - 1) continue;
        first = from + i + 1;
        if (++seen == lines) return first;
      }
    }
    if (from == 0) return 0;
    return first < 0 ? from : first;
  }
}

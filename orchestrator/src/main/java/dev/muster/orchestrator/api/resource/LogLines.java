package dev.muster.orchestrator.api.resource;

import dev.muster.orchestrator.usecase.LogSource;
import java.io.IOException;

/// Where the lines of a log begin, by their numbers from 1. That is looked for from the beginning,
/// so that it is no question for each second.
final class LogLines {
  /// Further in nobody counts.
  static final long BYTES_MAX = 64L * 1_024 * 1_024;

  private LogLines() {}

  /// @param number of a line
  /// @param from where it begins
  record Place(long number, long from) {}

  /// Where a line begins; where there are fewer, what comes after the last end of a line.
  static Place place(LogSource.Log log, long size, long line) throws IOException {
    return count(log, Math.min(size, BYTES_MAX), line);
  }

  /// The number of the line that this position is within.
  static long number(LogSource.Log log, long position) throws IOException {
    return count(log, position, Long.MAX_VALUE).number();
  }

  private static Place count(LogSource.Log log, long until, long line) throws IOException {
    var place = new Place(1, 0);
    var at = 0L;
    while (at < until && place.number() < line) {
      var bytes = log.read(at, (int) Math.min(until - at, AttemptLogs.CHUNK_BYTES));
      if (bytes.length == 0) break; // It has become shorter.
      place = count(bytes, at, place, line);
      at += bytes.length;
    }
    return place;
  }

  private static Place count(byte[] bytes, long at, Place before, long line) {
    var number = before.number();
    var from = before.from();
    for (var i = 0; i < bytes.length && number < line; i++) {
      if (bytes[i] != '\n') continue;
      number++;
      from = at + i + 1;
    }
    return new Place(number, from);
  }
}

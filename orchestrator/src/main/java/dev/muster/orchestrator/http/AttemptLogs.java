package dev.muster.orchestrator.http;

import dev.muster.orchestrator.view.WorkerDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/// What an attempt printed. By default the last thousand lines; with `from`, what follows a byte
/// position, so that a caller can go on from the `Muster-Log-Next` of its last answer.
final class AttemptLogs {
  private static final int CHUNK_BYTES = 256 * 1_024;
  private static final int TAIL_LINES = 1_000;

  private final LogSource logs;

  AttemptLogs(LogSource logs) {
    this.logs = logs;
  }

  Answer read(Call call, String run, WorkerDetail detail) {
    var worker = detail.worker();
    var attempt = Math.toIntExact(Math.min(number(call, "attempt", worker.attempt()), 1_000_000));
    var log = logs.find(run, worker.id(), attempt);
    if (log == null) throw ProblemException.of(404, "no-log", missing(detail, attempt));
    try {
      return slice(call, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String missing(WorkerDetail detail, int attempt) {
    var worker = detail.worker().id();
    return detail.history().attempts().stream()
        .filter(known -> known.attempt() == attempt)
        .findFirst()
        .map(known ->
            known.end() == null
                ? "attempt %d of %s is under way on %s: its log is stored when it ends"
                    .formatted(attempt, worker, known.node())
                : "no log of attempt %d of %s is stored: it ran on %s, which was lost before it could store it"
                    .formatted(attempt, worker, known.node()))
        .orElseGet(() ->
            "expected an attempt that %s has begun, found %d: attempts so far %d"
                .formatted(worker, attempt, detail.worker().attempt()));
  }

  private static Answer slice(Call call, LogSource.Log log) throws IOException {
    var size = log.size();
    var tail = call.query("from") == null;
    var from = tail ? Math.max(0, size - CHUNK_BYTES) : Math.min(size, number(call, "from", 0));
    var bytes = log.read(from, CHUNK_BYTES);
    var skip = tail ? tailStart(bytes, from > 0) : 0;
    var shown = ByteString.fromArray(bytes, skip, bytes.length - skip);
    return new Answer(
        200,
        Answer.TEXT,
        new Answer.Content.Whole(shown),
        Map.of(
            "Muster-Log-Next", Long.toString(from + bytes.length),
            "Muster-Log-Size", Long.toString(Math.max(size, from + bytes.length))));
  }

  /// Where the last lines begin; a line that was cut at the front is left out.
  private static int tailStart(byte[] bytes, boolean cut) {
    var lines = 0;
    for (var i = bytes.length - 2; i >= 0; i--) {
      if (bytes[i] == '\n' && ++lines == TAIL_LINES) return i + 1;
    }
    if (!cut) return 0;
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') return i + 1;
    }
    return 0;
  }

  private static long number(Call call, String name, long otherwise) {
    var text = call.query(name);
    if (text == null) return otherwise;
    if (text.matches("[0-9]{1,15}")) return Long.parseLong(text);
    throw ProblemException.of(
        400, "invalid-" + name, "expected a whole number for " + name + ", found " + text);
  }
}

package dev.muster.orchestrator.api.resource;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.orchestrator.usecase.LogSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// What an attempt printed. By default the last thousand lines; with `from`, what follows a byte
/// position; with `line`, what begins with that line. In any case at most so many bytes at once,
/// wherever lines end: a caller goes on from the `Muster-Log-Next` of its last answer, and gets
/// through a line that is longer than an answer.
final class AttemptLogs {
  static final int CHUNK_BYTES = 256 * 1_024;
  private static final int TAIL_LINES = 1_000;
  private static final int TAIL_LINES_MAX = 100_000;

  private final LogSource logs;

  AttemptLogs(LogSource logs) {
    this.logs = logs;
  }

  Answer read(Call call, String run, WorkerDetail detail) {
    var worker = detail.worker();
    var number = Math.toIntExact(Math.min(number(call, "attempt", worker.attempt()), 1_000_000));
    var attempt = attempt(run, detail, number);
    if (attempt == null) {
      throw missing(
          "expected an attempt that %s has begun, found %d: attempts so far %d"
              .formatted(worker.id(), number, worker.attempt()));
    }
    return switch (logs.find(attempt)) {
      case LogSource.Log log -> slice(call, log);
      case LogSource.Missing why -> throw missing(words(attempt, why));
    };
  }

  private static LogSource.@Nullable Attempt attempt(String run, WorkerDetail detail, int number) {
    return detail.history().attempts().stream()
        .filter(known -> known.attempt() == number)
        .reduce((_, later) -> later)
        .map(known ->
            new LogSource.Attempt(
                run, detail.worker().id(), number, known.node(), known.end() == null))
        .orElse(null);
  }

  private static ProblemException missing(String detail) {
    return ProblemException.of(404, "no-log", detail);
  }

  private static String words(LogSource.Attempt attempt, LogSource.Missing why) {
    var words =
        switch (why) {
          case NOWHERE ->
              attempt.underWay()
                  ? "attempt %d of %s has printed nothing yet on %s"
                  : "no log of attempt %d of %s is stored, and %s, where it ran, has none";
          case SILENT ->
              attempt.underWay()
                  ? "attempt %d of %s is under way on %s, which does not answer: try again, or read"
                      + " its log when it has ended"
                  : "no log of attempt %d of %s is stored, and %s, where it ran, does not answer:"
                      + " what it printed is found when that node is back";
        };
    return words.formatted(attempt.number(), attempt.worker(), attempt.node());
  }

  private static Answer slice(Call call, LogSource.Log log) {
    try {
      return read(call, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer read(Call call, LogSource.Log log) throws IOException {
    var size = log.size();
    var begin = begin(call, log, size);
    var from = begin.from();
    // Beyond the end of what there is now; the position stays good for when there is more.
    var bytes = from < size ? log.read(from, CHUNK_BYTES) : new byte[0];
    var next = from + bytes.length;
    var headers = new HashMap<String, String>();
    headers.put("Muster-Log-From", Long.toString(from));
    headers.put("Muster-Log-Next", Long.toString(next));
    headers.put("Muster-Log-Size", Long.toString(from < size ? Math.max(size, next) : size));
    if (begin.number() > 0) headers.put("Muster-Log-Line", Long.toString(begin.number()));
    return new Answer(
        200, Answer.TEXT, new Answer.Content.Whole(ByteString.fromArray(bytes)), headers);
  }

  /// Its number is 0 where nobody has counted.
  private static LogLines.Place begin(Call call, LogSource.Log log, long size) throws IOException {
    if (call.query("line") != null) return line(log, size, number(call, "line", 1));
    if (call.query("from") != null) return new LogLines.Place(0, number(call, "from", 0));
    var from = LogTail.start(log, size, lines(call));
    var counted = "true".equals(call.query("numbered")) && from <= LogLines.BYTES_MAX;
    return new LogLines.Place(counted ? LogLines.number(log, from) : 0, from);
  }

  private static LogLines.Place line(LogSource.Log log, long size, long line) throws IOException {
    var place = LogLines.place(log, size, line);
    if (place.number() == line || size <= LogLines.BYTES_MAX) return place;
    throw ProblemException.of(
        400,
        "invalid-line",
        "expected a line within the first %d bytes of the log, found %d: go on by `from`"
            .formatted(LogLines.BYTES_MAX, line));
  }

  private static int lines(Call call) {
    var lines = number(call, "lines", TAIL_LINES);
    if (lines >= 1 && lines <= TAIL_LINES_MAX) return (int) lines;
    throw ProblemException.of(
        400, "invalid-lines", "expected lines from 1 to " + TAIL_LINES_MAX + ", found " + lines);
  }

  private static long number(Call call, String name, long otherwise) {
    var text = call.query(name);
    if (text == null) return otherwise;
    if (text.matches("[0-9]{1,15}")) return Long.parseLong(text);
    throw ProblemException.of(
        400, "invalid-" + name, "expected a whole number for " + name + ", found " + text);
  }
}

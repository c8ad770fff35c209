package dev.muster.orchestrator.http;

import dev.muster.orchestrator.view.WorkerView;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/// What an attempt printed. By default the last thousand lines; with `from`, what follows a byte
/// position, so that a caller can go on from the `Muster-Log-Next` of its last answer.
final class AttemptLogs {
  private static final int CHUNK_BYTES = 256 * 1_024;
  private static final int TAIL_LINES = 1_000;

  private final Path workspaces;

  AttemptLogs(Path workspaces) {
    this.workspaces = workspaces;
  }

  Answer read(Call call, String run, WorkerView worker) {
    var attempt = number(call, "attempt", worker.attempt());
    var file =
        workspaces
            .resolve(run)
            .resolve(worker.id())
            .resolve("attempt-" + attempt)
            .resolve("attempt.log");
    if (!Files.isRegularFile(file)) {
      throw ProblemException.of(
          404,
          "no-log",
          "no log of attempt %d of %s is on this node: attempts so far %d, node %s"
              .formatted(attempt, worker.id(), worker.attempt(), worker.node()));
    }
    try {
      return slice(call, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer slice(Call call, Path file) throws IOException {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      var size = log.length();
      var tail = call.query("from") == null;
      var from = tail ? Math.max(0, size - CHUNK_BYTES) : Math.min(size, number(call, "from", 0));
      var bytes = new byte[(int) Math.min(CHUNK_BYTES, size - from)];
      log.seek(from);
      log.readFully(bytes);
      var skip = tail ? tailStart(bytes, from > 0) : 0;
      var shown = ByteString.fromArray(bytes, skip, bytes.length - skip);
      return new Answer(
          200,
          Answer.TEXT,
          new Answer.Content.Whole(shown),
          Map.of(
              "Muster-Log-Next", Long.toString(from + bytes.length),
              "Muster-Log-Size", Long.toString(size)));
    }
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

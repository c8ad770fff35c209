package dev.muster.orchestrator.app;

import dev.muster.orchestrator.http.LogSource;
import dev.muster.orchestrator.storage.Artifacts;
import dev.muster.orchestrator.storage.StoredLogs;
import dev.muster.orchestrator.storage.StoredLogs.AttemptId;
import dev.muster.orchestrator.storage.StoredLogs.StoredLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The log of an attempt from this node's own workspace where that is, else from its node or from
/// the artifact store: a position in one of them is the same position in the others.
///
/// @param workspaces the folder of this node's workspaces: `<run>/<worker>/attempt-<n>/attempt.log`
/// @param nodes asks the node of an attempt
public record ClusterLogs(Path workspaces, StoredLogs stored, Artifacts artifacts, LogSource nodes)
    implements LogSource {
  /// What is stored of an attempt under way is as old as its last wait for a decision. What is not
  /// stored of an attempt that has ended may be so in a moment, or when its node can reach the
  /// store again.
  @Override
  public Found find(Attempt attempt) {
    var file =
        workspaces
            .resolve(attempt.run())
            .resolve(attempt.worker())
            .resolve("attempt-" + attempt.number())
            .resolve("attempt.log");
    if (Files.isRegularFile(file)) return new LocalLog(file);
    if (!attempt.underWay()) {
      var log = stored(attempt);
      return log == null ? nodes.find(attempt) : log;
    }
    return switch (nodes.find(attempt)) {
      case Log log -> log;
      case Missing missing -> {
        var log = stored(attempt);
        yield log == null ? missing : log;
      }
    };
  }

  private @Nullable Log stored(Attempt attempt) {
    var found = stored.find(new AttemptId(attempt.run(), attempt.worker(), attempt.number()));
    return found == null ? null : new RemoteLog(found, artifacts);
  }

  private record LocalLog(Path file) implements Log {
    @Override
    public long size() throws IOException {
      return Files.size(file);
    }

    @Override
    public byte[] read(long from, int bytesMax) throws IOException {
      try (var log = new RandomAccessFile(file.toFile(), "r")) {
        var piece = new byte[Math.clamp(log.length() - from, 0, bytesMax)];
        log.seek(from);
        log.readFully(piece);
        return piece;
      }
    }
  }

  private record RemoteLog(StoredLog log, Artifacts artifacts) implements Log {
    @Override
    public long size() {
      return log.bytes();
    }

    @Override
    public byte[] read(long from, int bytesMax) throws IOException {
      return artifacts.read(log.sha256(), from, bytesMax);
    }
  }
}

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

/// The log of an attempt from this node's own workspace where that is, else from the artifact
/// store.
///
/// @param workspaces the folder of this node's workspaces: `<run>/<worker>/attempt-<n>/attempt.log`
public record ClusterLogs(Path workspaces, StoredLogs stored, Artifacts artifacts)
    implements LogSource {
  @Override
  public @Nullable Log find(String run, String worker, int attempt) {
    var file =
        workspaces
            .resolve(run)
            .resolve(worker)
            .resolve("attempt-" + attempt)
            .resolve("attempt.log");
    if (Files.isRegularFile(file)) return new LocalLog(file);
    var found = stored.find(new AttemptId(run, worker, attempt));
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

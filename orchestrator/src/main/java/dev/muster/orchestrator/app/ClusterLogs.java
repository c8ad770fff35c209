package dev.muster.orchestrator.app;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.journal.storage.StoredLogs.AttemptId;
import dev.muster.orchestrator.journal.storage.StoredLogs.StoredLog;
import dev.muster.orchestrator.usecase.LogSource;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The log of an attempt from this node's own workspace where that is, else from its node or from
/// the artifact store: a position in one of them is the same position in the others.
///
/// @param workspaces the folder of this node's workspaces:
///   `<run>/<worker>/attempt-<n>/attempt.log`; beside it, the logs whose workspace has gone:
///   `attempt-logs/<run>/<worker>/attempt-<n>.log`
/// @param nodes asks the node of an attempt
public record ClusterLogs(Path workspaces, StoredLogs stored, Artifacts artifacts, LogSource nodes)
    implements LogSource {
  /// Its node knows best: what is stored of an attempt may be from before its last decision, or not
  /// there yet.
  @Override
  public Found find(Attempt attempt) {
    var folder = workspaces.resolve(attempt.run()).resolve(attempt.worker());
    var name = "attempt-" + attempt.number();
    var kept = workspaces.resolveSibling("attempt-logs").resolve(attempt.run());
    for (var file :
        List.of(
            folder.resolve(name).resolve("attempt.log"),
            kept.resolve(attempt.worker()).resolve(name + ".log"))) {
      // What ran without a sandbox may have put a link in its place.
      if (Files.isRegularFile(file, NOFOLLOW_LINKS)) return new LocalLog(file);
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
      try (var log = FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS))) {
        var piece = ByteBuffer.allocate(Math.clamp(log.size() - from, 0, bytesMax));
        while (piece.hasRemaining() && log.read(piece, from + piece.position()) >= 0) {}
        return Arrays.copyOf(piece.array(), piece.position());
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

package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Finds what a script has started and lost sight of: by the session it was started in, and by the
/// environment that it hands down. A program that leaves the session *and* wipes its environment is
/// no stray any more, but an orphan (see [Orphans]), as long as this JVM lives.
final class Strays {
  private static final int ROUNDS_MAX = 200;
  private static final long ROUND_NANOS = 10_000_000;

  /// Kills all of them and returns when none is left, or after some seconds.
  ///
  /// @param session 0 to go by the environment only
  static void kill(long session, Job.Names names) {
    for (var round = 0; round < ROUNDS_MAX; round++) {
      var found = find(session, names);
      if (found.isEmpty()) return;
      for (var stray : found)
        ProcessHandle.of(stray.pid()).ifPresent(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(ROUND_NANOS);
    }
  }

  private static List<ProcStat> find(long session, Job.Names names) {
    var self = ProcessHandle.current().pid();
    return ProcStat.all().stream()
        .filter(stat -> stat.alive() && stat.pid() != self)
        .filter(stat -> (session > 0 && stat.session() == session) || carries(stat.pid(), names))
        .toList();
  }

  private static boolean carries(long pid, Job.Names names) {
    try {
      var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      var variables = List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
      return variables.contains("MUSTER_RUN=" + names.run())
          && variables.contains("MUSTER_WORKER=" + names.worker())
          && variables.contains("MUSTER_ATTEMPT=" + names.attempt());
    } catch (IOException _) {
      return false;
    }
  }

  private Strays() {}
}

package dev.muster.cli.postgres;

import dev.muster.node.sandbox.ProcStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The server of a data folder, found by the file in which it keeps its pid.
record ServerProcess(long pid) {
  /// Null when none runs. A process that got the same number later is told apart by its command
  /// line, which names the data folder; times of day would not do, since clocks are set.
  static @Nullable ServerProcess of(Path data) {
    try {
      var lines = Files.readAllLines(data.resolve("postmaster.pid"));
      if (lines.isEmpty() || !lines.getFirst().strip().matches("[1-9][0-9]{0,9}")) return null;
      var pid = Long.parseLong(lines.getFirst().strip());
      return serves(pid, data) ? new ServerProcess(pid) : null;
    } catch (IOException _) {
      return null;
    }
  }

  private static boolean serves(long pid, Path data) {
    var stat = ProcStat.read(pid);
    if (stat == null || !stat.alive()) return false;
    try {
      var line =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
      var named =
          new String(data.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return line.contains("postgres") && line.contains(named);
    } catch (IOException _) {
      return false;
    }
  }

  /// As if its plug were pulled.
  void kill() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  boolean gone() {
    var stat = ProcStat.read(pid);
    return stat == null || !stat.alive();
  }
}

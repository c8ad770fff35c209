package dev.muster.node.headroom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Linux tells of the whole host in two files (proc_stat(5), proc_meminfo(5)). OSHI reads the
/// same ones, but loads native code for it, which takes longer than a small run.
///
/// @param proc its folder
record LinuxHost(Path proc) {
  static final LinuxHost HERE = new LinuxHost(Path.of("/proc"));

  /// Of the fields of a processor's line: user, nice, system, idle, iowait, irq, softirq, steal.
  /// Those behind them are counted in the first two already.
  private static final int FIELDS = 8;

  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;

  /// Of all processors together since the host began.
  ///
  /// @param processors that are there now
  record Ticks(int processors, long busy, long all) {
    /// The share of the time that they were busy since then, from 0 to 1.
    double busySince(Ticks before) {
      var passed = all - before.all;
      return passed <= 0 ? 0 : Math.clamp((double) (busy - before.busy) / passed, 0, 1);
    }
  }

  record Memory(long totalBytes, long availableBytes) {}

  /// Null where there is no such file.
  @Nullable Ticks ticks() {
    var lines = lines("stat").stream().filter(line -> line.startsWith("cpu")).toList();
    if (lines.size() < 2 || !lines.getFirst().startsWith("cpu ")) return null;
    var fields = lines.getFirst().substring(4).strip().split(" ", -1);
    var all = 0L;
    for (var i = 0; i < Math.min(FIELDS, fields.length); i++) all += Long.parseLong(fields[i]);
    var idle = Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IO_WAIT]);
    return new Ticks(lines.size() - 1, all - idle, all);
  }

  /// Null where there is no such file, or an old one.
  @Nullable Memory memory() {
    var lines = lines("meminfo");
    var total = bytes(lines, "MemTotal:");
    var available = bytes(lines, "MemAvailable:");
    return total <= 0 || available < 0 ? null : new Memory(total, available);
  }

  private static long bytes(List<String> lines, String key) {
    for (var line : lines) {
      if (line.startsWith(key)) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
    return -1;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(proc.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return List.of();
    }
  }
}

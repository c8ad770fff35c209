package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One process as `/proc/<pid>/stat` tells it (proc_pid_stat(5)).
///
/// @param session its session id
/// @param cpuTicks user and system time of its own
/// @param waitedTicks user and system time of the children it has waited for
/// @param startTicks after boot, so that a reused pid is told apart
public record ProcStat(
    long pid,
    String state,
    long parent,
    long session,
    long cpuTicks,
    long waitedTicks,
    long startTicks) {
  private static final Path PROC = Path.of("/proc");

  /// Null when there is no such process, or no `/proc`.
  public static @Nullable ProcStat read(long pid) {
    try {
      return parse(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  /// Every process there is now; empty where there is no `/proc`.
  public static List<ProcStat> all() {
    var found = new ArrayList<ProcStat>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        var stat = read(Long.parseLong(entry.getFileName().toString()));
        if (stat != null) found.add(stat);
      }
    } catch (IOException _) {
      return List.of();
    }
    return found;
  }

  /// The name of the program stands in parentheses and may hold spaces and parentheses itself.
  static ProcStat parse(String line) {
    var open = line.indexOf('(');
    var close = line.lastIndexOf(')');
    if (open < 0 || close < open) throw new IllegalArgumentException("no name in `" + line + "`");
    var pid = Long.parseLong(line.substring(0, open).strip());
    var fields = line.substring(close + 1).strip().split(" ", -1);
    if (fields.length < 20) throw new IllegalArgumentException("short line `" + line + "`");
    return new ProcStat(
        pid,
        fields[0],
        Long.parseLong(fields[1]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
        Long.parseLong(fields[13]) + Long.parseLong(fields[14]),
        Long.parseLong(fields[19]));
  }

  /// A zombie has ended; only its parent has not noticed.
  public boolean alive() {
    return !state.equals("Z") && !state.equals("X");
  }
}

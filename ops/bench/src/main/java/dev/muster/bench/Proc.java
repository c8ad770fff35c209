package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `/proc` tells of a process.
final class Proc {
  private Proc() {}

  /// @param name such as VmRSS
  static double mib(Process process, String name) throws IOException {
    for (var line : Files.readAllLines(file(process, "status"))) {
      if (line.startsWith(name)) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
    throw new IOException("no " + name);
  }

  /// Of user and system, since it began.
  static double ticks(Process process) throws IOException {
    var text = Files.readString(file(process, "stat"));
    var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
  }

  private static Path file(Process process, String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }
}

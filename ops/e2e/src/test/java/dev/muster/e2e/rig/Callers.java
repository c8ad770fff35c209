package dev.muster.e2e.rig;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Finds the process behind a local TCP port, by `/proc`.
final class Callers {
  private static final int LOCAL = 1;
  private static final int INODE = 9;

  private Callers() {}

  /// @return 0 when none of the candidates has it
  static long pidOf(int port, Set<Long> candidates) {
    try {
      for (var table : new String[] {"tcp", "tcp6"}) {
        var inode = inode(Path.of("/proc/net", table), port);
        if (inode.isEmpty()) continue;
        for (var pid : candidates) {
          if (holds(pid, "socket:[" + inode + "]")) return pid;
        }
      }
    } catch (IOException _) {
      // Without /proc nobody is known, and no link is cut.
    }
    return 0;
  }

  private static String inode(Path table, int port) throws IOException {
    if (!Files.exists(table)) return "";
    var ending = ":%04X".formatted(port);
    for (var line : Files.readAllLines(table)) {
      var fields = line.strip().split("\\s+", -1);
      // The other end of the connection has the same number as its remote port only.
      if (fields.length > INODE && fields[LOCAL].endsWith(ending) && !fields[INODE].equals("0")) {
        return fields[INODE];
      }
    }
    return "";
  }

  private static boolean holds(long pid, String socket) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (var file : files) {
        if (link(file).equals(socket)) return true;
      }
    } catch (IOException _) {
      return false; // it has ended
    }
    return false;
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException _) {
      return "";
    }
  }
}

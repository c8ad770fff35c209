package dev.muster.e2e.escape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Who listens on TCP, by `/proc`.
final class Ports {
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Ports() {}

  static Set<Integer> of(long pid) {
    Set<Integer> ports = new TreeSet<>();
    var sockets = sockets(pid);
    for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      try {
        for (var line : Files.readAllLines(Path.of(table))) {
          var fields = line.strip().split("\\s+", -1);
          if (fields.length <= INODE || !fields[STATE].equals("0A")) continue;
          if (!sockets.contains("socket:[" + fields[INODE] + "]")) continue;
          var local = fields[LOCAL];
          ports.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16));
        }
      } catch (IOException _) {
        // A host without IPv6.
      }
    }
    return ports;
  }

  private static Set<String> sockets(long pid) {
    Set<String> sockets = new HashSet<>();
    try (var files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (var file : files) {
        try {
          sockets.add(Files.readSymbolicLink(file).toString());
        } catch (IOException _) {
          // closed meanwhile
        }
      }
    } catch (IOException _) {
      return Set.of(); // it has ended
    }
    return sockets;
  }
}

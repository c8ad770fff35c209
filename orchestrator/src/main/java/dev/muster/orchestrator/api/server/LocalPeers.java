package dev.muster.orchestrator.api.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which user of this machine is at the other end of a connection over loopback, as Linux tells in
/// `/proc/net/tcp`: a line for each socket, with its two ports and the user it belongs to.
final class LocalPeers {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;

  private LocalPeers() {}

  /// Users by the port at their end, of all sockets whose other end is the server's port. Empty
  /// where it cannot be known.
  static Map<Integer, String> users(int serverPort) {
    Map<Integer, String> users = new HashMap<>();
    for (var table : TABLES) {
      try (var lines =
          new BufferedReader(Files.newBufferedReader(table, StandardCharsets.US_ASCII))) {
        users.putAll(users(serverPort, lines.lines()));
      } catch (IOException _) {
        // Another system, or no IPv6.
      }
    }
    return users;
  }

  static Map<Integer, String> users(int serverPort, Stream<String> lines) {
    Map<Integer, String> users = new HashMap<>();
    lines
        .skip(1)
        .map(line -> line.strip().split("\\s+", USER + 2))
        .filter(fields -> fields.length > USER && port(fields[REMOTE]) == serverPort)
        .forEach(fields -> users.put(port(fields[LOCAL]), fields[USER]));
    return users;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }
}

package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The TCP ports on which nodes of this host listen: this one, and every other whose process can be
/// looked at from here.
final class NodePorts {
  private static final Path PROC = Path.of("/proc");
  private static final String PROGRAM = "dev.muster.";
  private static final String LISTENING = "0A";

  static Set<Integer> listening() throws IOException {
    var sockets = new HashSet<String>();
    for (var process : processes()) sockets.addAll(socketsOf(process));
    var ports = new TreeSet<Integer>();
    for (var table : List.of("tcp", "tcp6")) {
      for (var line : lines(PROC.resolve("self/net").resolve(table))) {
        var words = line.strip().split("\\s+", -1);
        if (words.length < 10 || !words[3].equals(LISTENING)) continue;
        if (!sockets.contains("socket:[" + words[9] + "]")) continue;
        ports.add(Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1), 16));
      }
    }
    return ports;
  }

  private static List<Path> processes() throws IOException {
    var found = new ArrayList<>(List.of(PROC.resolve("self")));
    try (var all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : all) {
        var command = lines(process.resolve("cmdline"));
        if (!command.isEmpty() && isNode(command.getFirst())) found.add(process);
      }
    }
    return found;
  }

  /// A JVM whose main class is ours.
  private static boolean isNode(String command) {
    return List.of(command.split("\0", -1)).stream().anyMatch(word -> word.startsWith(PROGRAM));
  }

  private static Set<String> socketsOf(Path process) {
    var sockets = new HashSet<String>();
    try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var file : files) {
        var target = link(file);
        if (target.startsWith("socket:")) sockets.add(target);
      }
    } catch (IOException | DirectoryIteratorException _) {
      // Somebody else's, or gone: such a node is not found.
    }
    return sockets;
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException _) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return List.of();
    }
  }

  private NodePorts() {}
}

package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.cli.session.Jvm;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Nodes as processes of their own, in a session of their own: they outlive the command that starts
/// them, and Ctrl-C in its terminal does not reach them.
record Daemons(Path data, Path folder, Jvm jvm, int nodes) {
  private static final long LOG_BYTES_MAX = 8L << 20;
  private static final int TAIL_BYTES_MAX = 4_096;
  private static final int HEAP_MIB_MIN = 192;
  private static final int HEAP_MIB_MAX = 768;

  /// @throws Refusal when it cannot even be started
  ProcessNote start(Member node, Map<String, String> environment) {
    var own = node.data(data);
    try {
      var log = console(node);
      Files.createDirectories(log.getParent());
      if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
        Files.move(log, log.resolveSibling("console.1.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      var builder = new ProcessBuilder(line(own));
      builder.directory((Files.isDirectory(folder) ? folder : own).toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      var note = ProcessNote.of(builder.start().pid(), node);
      note.write(own);
      return note;
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED,
          "node " + node.name() + " cannot be started: " + e.getMessage(),
          "`muster cluster` needs Linux with setsid (util-linux), and a data folder it can write: "
              + own,
          e);
    }
  }

  /// Everything but the data folder is told by the environment, which other users cannot read.
  private List<String> line(Path own) {
    var line = new ArrayList<>(List.of("setsid"));
    line.addAll(jvm.line(heapMiB(), List.of("up", "--data", own.toString())));
    return line;
  }

  /// All heaps together take at most a third of the memory: workers need theirs, too.
  private int heapMiB() {
    var memory = 4L << 30;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean host) {
      memory = host.getTotalMemorySize();
    }
    return Math.clamp((memory >> 20) / 3 / Math.max(1, nodes), HEAP_MIB_MIN, HEAP_MIB_MAX);
  }

  Path console(Member node) {
    return node.data(data).resolve("logs").resolve("console.log");
  }

  /// The last lines a node has said.
  String tail(Member node, int linesMax) {
    try (var file = new RandomAccessFile(console(node).toFile(), "r")) {
      var from = Math.max(0, file.length() - TAIL_BYTES_MAX);
      var bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      var lines = new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - linesMax), lines.size()));
    } catch (IOException _) {
      return "";
    }
  }
}

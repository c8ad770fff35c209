package dev.muster.cli.session;

import dev.muster.host.DataFolder;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A `muster up` in a session of its own: it outlives the command that starts it, and Ctrl-C in its
/// terminal does not reach it.
///
/// @param log what it would say on a terminal
public record BackgroundNode(Process process, Path log) {
  private static final long LOG_BYTES_MAX = 8L << 20;
  private static final int HEAP_MIB = 512;
  private static final int LINES_SHOWN = 5;
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  /// @param arguments of `up`
  /// @param folder where it looks for its settings, as this command did
  /// @throws Refusal when it cannot even be started
  public static BackgroundNode start(
      Jvm jvm, List<String> arguments, Path folder, Map<String, String> environment, Path logs) {
    var log = logs.resolve("console.log");
    try {
      DataFolder.create(logs);
      if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
        Files.move(log, logs.resolve("console.1.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      var line = new ArrayList<String>();
      SETSID.stream()
          .filter(Files::isExecutable)
          .findFirst()
          .map(Path::toString)
          .ifPresent(line::add);
      var up = new ArrayList<>(List.of("up"));
      up.addAll(arguments);
      line.addAll(jvm.line(HEAP_MIB, up));
      var builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return new BackgroundNode(builder.start(), log);
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED, "no node can be started in the background: " + e.getMessage(), null, e);
    }
  }

  /// @throws Refusal with its last words, once it has ended
  public void requireAlive() {
    if (process.isAlive()) return;
    throw new Refusal(
        Exit.FAILED,
        "the node in the background ended before it was ready:\n" + lastWords(),
        "all of it: " + log);
  }

  private String lastWords() {
    try {
      var lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }
}

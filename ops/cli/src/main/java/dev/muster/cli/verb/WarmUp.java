package dev.muster.cli.verb;

import dev.muster.cli.terminal.Caller;
import dev.muster.cli.terminal.Streams;
import dev.muster.host.refusal.Exit;
import dev.muster.host.settings.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// What the launcher lets the JVM watch once after a build, so that its AOT cache knows the classes
/// of daily work: the short verbs, and a node that rehearses a run and carries one out: that of
/// `init`, which only looks at its folder, and waits for an answer where there is no sandbox.
/// Happens in a folder of its own.
@Command(name = "warm-up", hidden = true, description = "Used by the launcher after a build.")
final class WarmUp extends Verb {
  private static final List<List<String>> WORK =
      List.of(
          List.of("--help"),
          List.of("version"),
          List.of("init", "first"),
          List.of("lint", "first"),
          List.of("plan", "first", "-o", "json"),
          List.of("config", "view", "--origin"),
          List.of("run", "first", "--rehearse", "--no-input", "--port", "0", "--timeout", "2m"),
          List.of("run", "first", "--no-input", "--port", "0", "--timeout", "2m"),
          List.of("status"),
          List.of("runs", "events", "last"));

  /// A busy host is no reason to wait here, since nothing is executed.
  private static final List<Setting> NO_LIMITS =
      List.of(Setting.CPU_PERCENT, Setting.MEMORY_PERCENT, Setting.DISK_PERCENT);

  WarmUp(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    try {
      var folder = Files.createTempDirectory("muster-warm-up");
      try {
        WORK.forEach(verb -> work(folder, verb));
      } finally {
        remove(folder);
      }
      return Exit.OK;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot warm up", e);
    }
  }

  /// Nothing depends on how it ends: what did not run is loaded in the usual way later.
  private void work(Path folder, List<String> verb) {
    var nothing = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var streams = new Streams(new BufferedReader(Reader.nullReader()), nothing, nothing);
    var own = context.caller();
    var environment = new HashMap<>(own.environment());
    // What the operator has set is for the operator's folders, not for this one.
    environment.keySet().removeIf(name -> name.startsWith("MUSTER_"));
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    NO_LIMITS.forEach(limit -> environment.put(limit.variable(), "100"));
    var caller = new Caller(environment, folder, own.home(), Caller.Terminals.NONE, own.window());
    var code = Cli.run(context.elsewhere(caller, streams), verb.toArray(new String[0]));
    terminal().say(String.join(" ", verb) + ": " + code);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

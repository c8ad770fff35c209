package dev.muster.cli;

import dev.muster.cli.terminal.Caller;
import dev.muster.cli.terminal.Streams;
import dev.muster.cli.verb.Cli;
import dev.muster.cli.verb.Context;
import dev.muster.cli.verb.Context.Surroundings;
import dev.muster.host.EmbeddedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The process: looks at the environment once, hands over, exits.
public final class Main {
  private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  private Main() {}

  public static void main(String[] args) {
    run(InstantSource.system(), args);
  }

  /// @param clock of the node that may live here; a test's may be wrong
  public static void run(InstantSource clock, String[] args) {
    // Numbers are written as programs read them, whatever language the terminal speaks.
    Locale.setDefault(Locale.ROOT);
    var surroundings =
        new Surroundings(
            caller(),
            Streams.ofProcess(),
            new EmbeddedNode(Version.current(), clock),
            new SystemPace(),
            new ShutdownInterrupts(),
            () -> ThisJvm.read(System.getenv()));
    System.exit(Cli.run(new Context(surroundings, Version.current()), args));
  }

  /// Many shells know the host's name and do not hand it on. The kernel is asked, and not the
  /// network, which may take its time.
  private static Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    try {
      environment.putIfAbsent("HOSTNAME", Files.readString(KERNEL_HOSTNAME).strip());
    } catch (IOException _) {
      // not on Linux: the setting has a default
    }
    // Without a home of one's own the current folder would take its place.
    if (!environment.getOrDefault("HOME", "").startsWith("/")) {
      environment.put("HOME", System.getProperty("user.home", "/"));
    }
    return environment;
  }

  /// What only the process itself can know.
  private static Caller caller() {
    return new Caller(
        environment(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("muster.home", "")).toAbsolutePath(),
        Caller.Terminals.of(System.getProperty("muster.terminals", "")),
        new WindowSize(Integer.getInteger("muster.columns", 0)));
  }
}

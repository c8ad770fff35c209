package dev.muster.cli;

import dev.muster.cli.terminal.Caller;
import java.nio.file.Path;

/// The process: looks at the environment once, hands over, exits.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("muster " + Version.current());
    System.exit(0);
  }

  /// What only the process itself can know.
  static Caller caller() {
    return new Caller(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("muster.home", "")).toAbsolutePath(),
        Caller.Terminals.of(System.getProperty("muster.terminals", "")),
        Integer.getInteger("muster.columns", 80));
  }
}

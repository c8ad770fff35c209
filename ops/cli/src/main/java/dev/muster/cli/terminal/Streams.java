package dev.muster.cli.terminal;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The three streams of the process, in UTF-8 whatever the locale says.
public record Streams(BufferedReader in, PrintStream out, PrintStream err) {
  /// Those of this process.
  public static Streams ofProcess() {
    return new Streams(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintStream(System.out, false, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8));
  }
}

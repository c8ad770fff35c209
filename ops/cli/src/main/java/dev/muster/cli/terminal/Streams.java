package dev.muster.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The three streams of the process, in UTF-8 whatever the locale says.
///
/// @param out throws `LostOutput` when something cannot be written
/// @param err forgets what cannot be written: no message is worth the work it is about
public record Streams(BufferedReader in, PrintStream out, PrintStream err) {
  private static final int BUFFER_BYTES = 8 * 1_024;
  private static final Path OWN = Path.of("/proc/self/fd/1");

  /// Those of this process.
  public static Streams ofProcess() {
    return new Streams(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        out(new Output(new FileOutputStream(FileDescriptor.out), OWN)),
        new PrintStream(System.err, true, StandardCharsets.UTF_8));
  }

  /// Data that must arrive.
  public static PrintStream out(OutputStream to) {
    return out(new Output(to, null));
  }

  private static PrintStream out(Output heard) {
    return new PrintStream(
        new BufferedOutputStream(heard, BUFFER_BYTES), false, StandardCharsets.UTF_8);
  }
}

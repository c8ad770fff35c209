package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.engine.instruction.Judged;
import dev.muster.orchestrator.engine.instruction.Workforce;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads instruction files for the verbs that need no node.
final class WorkforceFiles {
  private WorkforceFiles() {}

  /// @throws Refusal when the path is not there, or when there is no instruction file at all
  static Workforce read(Context context, String typed) {
    return read(
        List.of(typed),
        () -> {
          var workforce = Workforce.read(relative(context, typed));
          return workforce.isEmpty() ? null : workforce;
        });
  }

  /// What is to be judged: every folder by itself, every file among its siblings.
  static List<Judged> judged(Context context, List<String> typed) {
    return read(
        typed,
        () -> {
          var judged = Judged.of(typed.stream().map(path -> relative(context, path)).toList());
          return judged.stream().allMatch(Judged::isEmpty) ? null : judged;
        });
  }

  @FunctionalInterface
  private interface Reading<T> {
    /// Null when there is no instruction file.
    @Nullable T read() throws IOException;
  }

  private static <T> T read(List<String> typed, Reading<T> reading) {
    try {
      var found = reading.read();
      if (found != null) return found;
      throw new Refusal(
          Exit.NOT_FOUND,
          "expected files named WORKER_<number>_<title>.md in "
              + String.join(", ", typed)
              + ", found none",
          "make a first workforce with: `muster init`");
    } catch (NoSuchFileException e) {
      throw new Refusal(
          Exit.NOT_FOUND,
          "there is no file or folder " + e.getFile(),
          "make a first workforce with: `muster init`",
          e);
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED, "cannot read " + String.join(", ", typed) + ": " + e.getMessage(), null, e);
    }
  }

  /// Messages name files as the caller would, so a path stays relative where the process is in the
  /// caller's folder anyway.
  private static Path relative(Context context, String typed) {
    try {
      var path = Path.of(typed);
      var here = Path.of("").toAbsolutePath().equals(context.caller().folder());
      return here || path.isAbsolute() ? path : context.caller().folder().resolve(path);
    } catch (InvalidPathException e) {
      throw new Refusal(Exit.USAGE, "expected a path, found " + typed, null, e);
    }
  }
}

package dev.muster.e2e.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A line that a gated operation appended to a file of the target: what happened, whatever the
/// journal says about it.
public record Effect(String run, String worker, int attempt) {
  /// Reads lines such as `run_1 WORKER_007 2` from all files of a folder.
  public static List<Effect> readAll(Path folder) {
    var effects = new ArrayList<Effect>();
    if (!Files.isDirectory(folder)) return effects;
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        for (var line : Files.readAllLines(file)) {
          var parts = line.strip().split(" ", -1);
          if (parts.length < 3) throw new IOException(file + ": cannot read: " + line);
          effects.add(new Effect(parts[0], parts[1], Integer.parseInt(parts[2])));
        }
      }
      return effects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.muster.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for the moment, where JUnit gives none: closing it deletes it with all that is in it.
///
/// @param path of the folder
public record Scratch(Path path) implements AutoCloseable {
  public static Scratch open(String name) throws IOException {
    return new Scratch(Files.createTempDirectory(name));
  }

  @Override
  public void close() throws IOException {
    try (var tree = Files.walk(path)) {
      for (var it : tree.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(it);
    }
  }
}

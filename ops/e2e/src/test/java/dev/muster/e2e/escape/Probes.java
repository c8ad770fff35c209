package dev.muster.e2e.escape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All probes there are.
final class Probes {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "escape", "probes").toAbsolutePath();

  private Probes() {}

  static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".sh")).sorted().toList();
    }
  }

  static List<Probe> all() throws IOException {
    List<Probe> probes = new ArrayList<>();
    for (var file : files()) {
      var name = file.getFileName().toString().replaceFirst("\\.sh$", "");
      probes.add(ProbeFile.parse(name, Files.readString(file)));
    }
    probes.addAll(ProbeTables.all());
    return probes;
  }

  /// What stands before every script: variables and words for it.
  static String preamble() throws IOException {
    return resource("preamble.sh");
  }

  static String resource(String name) throws IOException {
    return Files.readString(FOLDER.resolveSibling(name));
  }
}

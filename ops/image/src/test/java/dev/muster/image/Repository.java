package dev.muster.image;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where this build's files are.
final class Repository {
  private Repository() {}

  static Path root() {
    var at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docker-compose.yml"))) {
      at = at.getParent();
      if (at == null) throw new IllegalStateException("not inside the repository");
    }
    return at;
  }
}

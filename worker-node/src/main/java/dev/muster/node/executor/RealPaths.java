package dev.muster.node.executor;

import java.io.IOException;
import java.nio.file.Path;

/// Paths as the kernel knows them, so that comparing them says where they lead.
final class RealPaths {
  /// A path that does not exist, or cannot be looked at, is taken as it reads.
  static Path of(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException _) {
      return path.toAbsolutePath().normalize();
    }
  }

  private RealPaths() {}
}

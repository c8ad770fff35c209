package dev.muster.host.trust;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which files are this user's own.
public final class OwnFiles {
  private OwnFiles() {}

  /// Who else could change a file, or what leads to it; null when nobody but root can.
  ///
  /// @param file absolute
  public static @Nullable String problem(Path file) {
    try {
      return new SafePath(Owner.ofProcess()).problem(file);
    } catch (IOException | UnsupportedOperationException e) {
      return "it cannot be looked at: " + e;
    }
  }
}

package dev.muster.node.workspace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What was opened by [Openat], which stays what it is, whatever happens to its name.
record Opened(int descriptor) implements Closeable {
  /// @param found a descriptor, or the negative of what errno(3) says
  static Opened of(int found, Path name) throws IOException {
    if (found >= 0) return new Opened(found);
    throw new IOException("%s cannot be opened (errno %d)".formatted(name, -found));
  }

  Path path() {
    return Openat.path(descriptor);
  }

  /// Null when there is no such name.
  @Nullable Opened open(Path name) throws IOException {
    var found = Openat.anything(descriptor, name);
    return found == -Openat.ENOENT ? null : of(found, name);
  }

  @Override
  public void close() throws IOException {
    Openat.close(descriptor);
  }
}

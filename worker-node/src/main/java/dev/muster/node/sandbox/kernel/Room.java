package dev.muster.node.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is left, and what is used, of a file system (statfs(2)).
///
/// @param bytes that are free
/// @param entries files and folders that can still be made; 0 where nobody counts them
/// @param usedBytes of all that it has
/// @param usedEntries of all that it has
public record Room(long bytes, long entries, long usedBytes, long usedEntries) {
  private static final long STATFS_BYTES = 120;
  private static final int BLOCK_BYTES = 1;
  private static final int BLOCKS = 2;
  private static final int BLOCKS_FREE = 3;
  private static final int FILES = 5;
  private static final int FILES_FREE = 6;

  /// Null where it cannot be asked for.
  public static @Nullable Room on(Path path) {
    try (var arena = Arena.ofConfined()) {
      var it = arena.allocate(STATFS_BYTES, ValueLayout.JAVA_LONG.byteAlignment());
      Kernel.open().call(SystemCall.STATFS, Kernel.text(arena, path.toString()), it.address());
      var block = it.getAtIndex(ValueLayout.JAVA_LONG, BLOCK_BYTES);
      var free = it.getAtIndex(ValueLayout.JAVA_LONG, BLOCKS_FREE);
      var filesFree = it.getAtIndex(ValueLayout.JAVA_LONG, FILES_FREE);
      return new Room(
          block * free,
          filesFree,
          block * (it.getAtIndex(ValueLayout.JAVA_LONG, BLOCKS) - free),
          it.getAtIndex(ValueLayout.JAVA_LONG, FILES) - filesFree);
    } catch (IOException _) {
      return null;
    }
  }
}

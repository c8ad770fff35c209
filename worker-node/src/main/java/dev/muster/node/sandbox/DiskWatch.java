package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.Room;
import dev.muster.node.workspace.TreeSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at what a folder holds while a step writes in it, and what its processes hold without a
/// name.
///
/// Counting a tree costs time, so it is counted one part in twenty of the time. Between, the room
/// on the disk tells ten times a second whether so much has gone that the folder may be full: then
/// it is counted up to a third of the time, also where others of the disk take it. What can be
/// written in a tenth of a second, and in twice the time of one count, gets past.
final class DiskWatch {
  private static final long PAUSE_MIN_NANOS = 1_000_000_000;
  private static final int PAUSE_SHARE = 20;
  private static final int PAUSE_SHARE_WHEN_ROOM_GOES = 2;

  private final Path folder;
  private final SandboxLimits limits;
  private TreeSize counted = new TreeSize(0, 0, false);
  private @Nullable Room room;
  private long countedAtNanos;
  private long costNanos;

  DiskWatch(Path folder, SandboxLimits limits) {
    this.folder = folder;
    this.limits = limits;
    this.room = Room.on(folder);
    this.countedAtNanos = System.nanoTime() - PAUSE_MIN_NANOS;
  }

  /// What is too much, in words; null when nothing is.
  ///
  /// @param processes of the step, asked when they count
  @Nullable String breach(Supplier<List<Long>> processes) {
    var before = System.nanoTime();
    var now = Room.on(folder);
    var share = roomGoes(now) ? PAUSE_SHARE_WHEN_ROOM_GOES : PAUSE_SHARE;
    var pause = share * costNanos;
    if (share == PAUSE_SHARE) pause = Math.max(pause, PAUSE_MIN_NANOS);
    if (before - countedAtNanos < pause) return null;
    try {
      var named = TreeSize.of(folder, limits.workspaceBytesMax(), limits.workspaceEntriesMax());
      counted =
          new TreeSize(
              named.bytes() + UnlinkedFiles.bytes(processes.get(), folder),
              named.entries(),
              named.tooDeep());
    } catch (IOException _) {
      return null; // somebody changed it under us: next time
    }
    room = now;
    countedAtNanos = System.nanoTime();
    costNanos = countedAtNanos - before;
    return inWords(counted, limits);
  }

  /// Whether so much has gone since the last count that this folder may hold too much by now.
  private boolean roomGoes(@Nullable Room now) {
    var then = room;
    if (now == null || then == null) return false;
    return counted.bytes() + then.bytes() - now.bytes() > limits.workspaceBytesMax()
        || counted.entries() + then.entries() - now.entries() > limits.workspaceEntriesMax();
  }

  static @Nullable String inWords(TreeSize size, SandboxLimits limits) {
    if (size.bytes() > limits.workspaceBytesMax()) {
      return "its folder holds more than the %d MiB it may (worker.workspace-max)"
          .formatted(limits.workspaceBytesMax() >> 20);
    }
    if (size.entries() > limits.workspaceEntriesMax()) {
      return "its folder holds more than the %d files and folders it may (worker.files-max)"
          .formatted(limits.workspaceEntriesMax());
    }
    return size.tooDeep() ? "its folders lie deeper in one another than anybody can follow" : null;
  }
}

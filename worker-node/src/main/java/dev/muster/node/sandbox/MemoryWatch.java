package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.Room;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds up what a tree of processes holds in memory, where no cgroup does: twice a second, so that
/// what can be taken in half a second gets past.
///
/// Its `/tmp` counts, too. Not counted is what no process has mapped: System V segments.
final class MemoryWatch {
  private static final long PAUSE_NANOS = 400_000_000;
  private static final long PAGE_BYTES = 4096;

  /// What the kernel needs for a file in memory, besides its content.
  private static final long ENTRY_BYTES = 1024;

  private static final Path PROC = Path.of("/proc");

  private final Process root;
  private final long bytesMax;
  private long lookedAtNanos = System.nanoTime();

  MemoryWatch(Process root, long bytesMax) {
    this.root = root;
    this.bytesMax = bytesMax;
  }

  /// What is too much, in words; null when nothing is.
  @Nullable String breach() {
    if (System.nanoTime() - lookedAtNanos < PAUSE_NANOS) return null;
    lookedAtNanos = System.nanoTime();
    var tree = root.descendants().map(ProcessHandle::pid).toList();
    var temporary = tree.isEmpty() ? 0 : temporary(tree.getLast());
    if (temporary + tree.stream().mapToLong(MemoryWatch::resident).sum() <= bytesMax) return null;
    // Pages that several share were counted several times.
    if (temporary + tree.stream().mapToLong(MemoryWatch::proportional).sum() <= bytesMax) {
      return null;
    }
    return "its processes hold more than the %d MiB of memory they may".formatted(bytesMax >> 20);
  }

  /// Only where it is its own: `/tmp` of the host is on a disk, or somebody else's. While a sandbox
  /// is made, the root of the host may lie there for a moment ([UtilLinuxSetup]).
  private static long temporary(long pid) {
    var folder = PROC.resolve(pid + "/root/tmp");
    try {
      for (var host : List.of(Path.of("/tmp"), Path.of("/"))) {
        if (Files.isSameFile(folder, host)) return 0;
      }
    } catch (IOException _) {
      return 0;
    }
    var room = Room.on(folder);
    return room == null ? 0 : room.usedBytes() + room.usedEntries() * ENTRY_BYTES;
  }

  private static long resident(long pid) {
    var words = text(PROC.resolve(pid + "/statm")).strip().split(" ", -1);
    return words.length < 2 ? 0 : Long.parseLong(words[1]) * PAGE_BYTES;
  }

  /// Each shared page in equal parts (proc_pid_smaps_rollup(5)).
  private static long proportional(long pid) {
    var lines = List.of(text(PROC.resolve(pid + "/smaps_rollup")).split("\n", -1));
    for (var line : lines) {
      if (!line.startsWith("Pss:")) continue;
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
    return resident(pid);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}

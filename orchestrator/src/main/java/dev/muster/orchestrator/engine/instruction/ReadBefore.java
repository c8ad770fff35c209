package dev.muster.orchestrator.engine.instruction;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Compiled files of a folder that is looked at again and again while somebody writes in it. What
/// looks untouched since is not read anew: good enough for words on a screen, and a run, which
/// reads everything, never uses it.
final class ReadBefore {
  /// Of a folder that is read once.
  static final ReadBefore NOTHING = new ReadBefore(null, Map.of());

  private final @Nullable Map<Path, Kept> now;
  private final Map<Path, Kept> before;

  private ReadBefore(@Nullable Map<Path, Kept> now, Map<Path, Kept> before) {
    this.now = now;
    this.before = before;
  }

  static ReadBefore first() {
    return new ReadBefore(new ConcurrentHashMap<>(), Map.of());
  }

  /// For the next look, which forgets what it does not meet.
  ReadBefore next() {
    return new ReadBefore(new ConcurrentHashMap<>(), now == null ? Map.of() : Map.copyOf(now));
  }

  private record Stamp(long bytes, FileTime modified, @Nullable Object key) {
    static Stamp of(BasicFileAttributes it) {
      return new Stamp(it.size(), it.lastModifiedTime(), it.fileKey());
    }
  }

  private record Kept(Stamp stamp, Instruction instruction) {}

  /// @param identity of the file, whichever way it was reached
  /// @param file as it is shown
  @Nullable Instruction untouched(Path identity, String file, BasicFileAttributes attributes) {
    var kept = before.get(identity);
    if (kept == null
        || !kept.stamp().equals(Stamp.of(attributes))
        || !kept.instruction().file().equals(file)) {
      return null;
    }
    if (now != null) now.put(identity, kept);
    return kept.instruction();
  }

  /// @param attributes from before it was read
  void keep(Path identity, BasicFileAttributes attributes, Instruction compiled) {
    if (now != null) now.put(identity, new Kept(Stamp.of(attributes), compiled));
  }
}

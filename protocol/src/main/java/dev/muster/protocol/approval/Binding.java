package dev.muster.protocol.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operation was bound to when it was asked about, beside its own words. All of it is part
/// of the operation's digest, but for `changes`; what `preview` names follows from what the digest
/// covers.
///
/// @param identity names the operation whatever the content it meets, so that one whose content has
///   changed is known again and never taken for one that was never started
/// @param reads paths of the target it declares that it reads; empty when it declares none
/// @param covers how much content the digest covers, in words
/// @param files of that content, as many as a person can look through
/// @param changes what is different from what was asked about before, one line each
/// @param preview SHA-256 of what the runtime foresees, a `Preview`; null in old journals
/// @param afterCrash who tells after a crash whether it has happened, in words; null where only the
///   operation's check does
public record Binding(
    String identity,
    List<String> reads,
    List<String> covers,
    List<BoundFile> files,
    List<String> changes,
    @Nullable String preview,
    @Nullable String afterCrash) {
  public Binding(
      String identity,
      List<String> reads,
      List<String> covers,
      List<BoundFile> files,
      List<String> changes) {
    this(identity, reads, covers, files, changes, null, null);
  }

  public Binding {
    reads = List.copyOf(reads);
    covers = List.copyOf(covers);
    files = List.copyOf(files);
    changes = List.copyOf(changes);
  }

  /// One file whose content the digest covers.
  ///
  /// @param place where it lies: `workspace`, `inputs`, `target`, or the folder it may write
  /// @param text its content, when it was declared and is text that people can read; else null
  public record BoundFile(
      String place, String path, String sha256, long bytes, @Nullable String text) {}
}

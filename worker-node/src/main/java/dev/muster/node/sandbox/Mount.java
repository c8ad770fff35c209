package dev.muster.node.sandbox;

import java.nio.file.Path;

/// One thing that a script finds in its sandbox, at its own path. The order of several counts:
/// later ones cover earlier ones.
///
/// This is where the sandboxes agree: each of them carries out the same list in its own way.
sealed interface Mount {
  Path at();

  /// An empty folder.
  record Folder(Path at) implements Mount {}

  record Link(Path at, String to) implements Mount {}

  /// Something of the host, with all that is mounted below it.
  record Bind(Path at, Path from, boolean writable) implements Mount {}

  /// A folder in memory that everybody may write, gone with the step.
  record Temporary(Path at, long bytesMax) implements Mount {}

  /// Stands before a folder that must not be seen: an empty one. Before files stands an empty file.
  record Cover(Path at) implements Mount {}

  /// The step's own processes, for looking only. Root without capabilities could otherwise write
  /// `/proc/sys` and `/proc/sysrq-trigger`, which belong to the host.
  record Processes(Path at) implements Mount {}

  /// The devices that do no harm, and terminals of its own.
  record Devices(Path at) implements Mount {}
}

package dev.muster.node.foresight;

import dev.muster.node.workspace.FileTree;
import dev.muster.node.workspace.FileTree.Entry;
import dev.muster.node.workspace.FileTree.Kind;
import dev.muster.node.workspace.OperationContent;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an operation meets, by the paths that its script sees. Only what its digest covers is
/// looked at, and what is read is held against it.
///
/// @param work where the script sees its workspace, and begins
/// @param inputs where the script sees what it was given
/// @param target where the script sees the target
/// @param realWork where the workspace is
/// @param realTarget where what it reads of the target is
/// @param isolated by a sandbox
/// @param run whose script it is: told to it as `MUSTER_RUN`
/// @param worker told to it as `MUSTER_WORKER`
public record Landscape(
    Path work,
    Path inputs,
    Path target,
    Path realWork,
    Path realTarget,
    OperationContent content,
    boolean isolated,
    String run,
    String worker) {
  private static final int READ_BYTES_MAX = 256 << 10;

  /// A place in one of the trees.
  ///
  /// @param shown to people
  /// @param real where that tree is
  /// @param path in the tree; empty for its root
  /// @param writable by the operation
  record Spot(String shown, FileTree tree, Path real, String path, boolean writable) {
    @Nullable Entry entry() {
      for (var it : tree.entries()) if (it.path().equals(path)) return it;
      return null;
    }

    /// Also the root of a tree that is not there yet: a permit makes it.
    boolean isFolder() {
      var it = entry();
      return path.isEmpty() || (it != null && it.kind() == Kind.FOLDER);
    }

    /// Everything below it but folders, itself too.
    List<Entry> below() {
      var folder = path.isEmpty() ? "" : path + "/";
      return tree.entries().stream()
          .filter(it -> it.kind() != Kind.FOLDER)
          .filter(it -> it.path().equals(path) || it.path().startsWith(folder))
          .toList();
    }

    /// A link on the way leads elsewhere than its path says.
    boolean leadsElsewhere() {
      return tree.entries().stream()
          .anyMatch(it -> it.kind() == Kind.LINK && path.startsWith(it.path() + "/"));
    }

    Spot at(String name) {
      var below = path.isEmpty() ? name : path + "/" + name;
      return new Spot(shown + "/" + name, tree, real, below, writable);
    }

    /// The content that the digest covers; null when it is large, or not that any more.
    byte @Nullable [] read() {
      var it = entry();
      if (it == null || it.kind() != Kind.FILE || it.bytes() > READ_BYTES_MAX) return null;
      try {
        var file = real.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return null;
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          var bytes = in.readNBytes(READ_BYTES_MAX + 1);
          return Sha256.of(bytes).equals(it.content()) ? bytes : null;
        }
      } catch (IOException | IllegalArgumentException _) {
        return null;
      }
    }
  }

  /// What is the same in every attempt.
  Map<String, String> variables() {
    return Map.of(
        "MUSTER_RUN", run,
        "MUSTER_WORKER", worker,
        "MUSTER_TARGET", target.toString(),
        "MUSTER_INPUTS", inputs.toString(),
        "PWD", work.toString());
  }

  /// Null where nothing was looked at.
  @Nullable Spot at(Path path) {
    String closest = null;
    for (var folder : content.written().keySet()) {
      if (path.startsWith(folder) && (closest == null || folder.length() > closest.length())) {
        closest = folder;
      }
    }
    if (closest != null) {
      var tree = content.written().getOrDefault(closest, FileTree.EMPTY);
      return spot(path.toString(), tree, Path.of(closest), Path.of(closest), path, true);
    }
    if (path.startsWith(work)) {
      var shown = path.equals(work) ? "workspace" : "workspace/" + work.relativize(path);
      return spot(shown, content.work(), realWork, work, path, true);
    }
    if (path.startsWith(inputs)) {
      return spot(
          path.toString(),
          content.inputs(),
          realWork.resolveSibling("inputs"),
          inputs,
          path,
          false);
    }
    if (path.startsWith(target)) {
      return spot(path.toString(), content.target(), realTarget, target, path, !isolated);
    }
    return null;
  }

  private static Spot spot(
      String shown, FileTree tree, Path real, Path root, Path path, boolean writable) {
    return new Spot(shown, tree, real, root.relativize(path).toString(), writable);
  }

  /// The folders below a path that the operation may write.
  List<Spot> writableBelow(Path path) {
    return content.written().entrySet().stream()
        .filter(it -> Path.of(it.getKey()).startsWith(path) && !Path.of(it.getKey()).equals(path))
        .map(it -> new Spot(it.getKey(), it.getValue(), Path.of(it.getKey()), "", true))
        .toList();
  }
}

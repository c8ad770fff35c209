package dev.muster.node.executor;

import dev.muster.node.workspace.TargetFolders;
import dev.muster.protocol.run.FolderRules;
import dev.muster.protocol.worker.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The target of an attempt as this node has it, until it is closed.
///
/// @param path where scripts see it
/// @param content where it is on this node: elsewhere only for a copy
/// @param problem why it cannot be used; null when it can
record AttemptTarget(
    Path path, Path content, TargetFolders.@Nullable Copy copy, @Nullable String problem)
    implements AutoCloseable {
  static AttemptTarget open(Assignment assignment, Workplace workplace)
      throws IOException, InterruptedException {
    var path = Path.of(assignment.target());
    var packed = assignment.targetArtifact();
    if (packed == null) return here(path, workplace);
    var refused = path.isAbsolute() ? refused(path, workplace) : noFolder(path);
    if (refused != null) return new AttemptTarget(path, path, null, refused);
    var copy = workplace.targets().borrow(packed);
    return new AttemptTarget(path, copy.path(), copy, null);
  }

  private static AttemptTarget here(Path path, Workplace workplace) throws IOException {
    if (!path.isAbsolute() || !Files.isDirectory(path)) {
      return new AttemptTarget(path, path, null, noFolder(path));
    }
    var real = path.toRealPath();
    return new AttemptTarget(real, real, null, refused(real, workplace));
  }

  private static String noFolder(Path path) {
    return "the target " + path + " is no folder";
  }

  private static @Nullable String refused(Path path, Workplace workplace) {
    return FolderRules.refuseTarget(path, workplace.home(), workplace.data());
  }

  /// Whether it came from another node.
  boolean isCopy() {
    return copy != null;
  }

  @Override
  public void close() {
    if (copy != null) copy.close();
  }
}

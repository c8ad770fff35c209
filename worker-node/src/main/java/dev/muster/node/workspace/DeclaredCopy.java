package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What a worker was given and owes, without anything else that it left.
final class DeclaredCopy {
  static void make(Workspace workspace, List<String> declared) throws IOException {
    var copy = workspace.validation();
    if (Files.isDirectory(workspace.inputs())) TreeCopy.copy(workspace.inputs(), copy);
    else Files.createDirectory(copy);
    for (var relative : declared) {
      var from = WorkspacePath.inside(workspace.work(), relative);
      WorkspacePath.refuseLinks(workspace.work(), from);
      if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) continue;
      var to = WorkspacePath.inside(copy, relative);
      makeParents(copy, to);
      Trees.delete(to);
      if (Files.isDirectory(from)) TreeCopy.copy(from, to);
      else if (Files.isRegularFile(from)) copyFile(from, to);
    }
  }

  private static void copyFile(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  }

  /// An input may be a file where a folder is needed now: then the folder stands, as it does in
  /// `work`.
  private static void makeParents(Path copy, Path to) throws IOException {
    var folder = copy;
    var parent = copy.relativize(to).getParent();
    if (parent == null) return;
    for (var name : parent) {
      folder = folder.resolve(name);
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
        Trees.delete(folder);
      }
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) Files.createDirectory(folder);
    }
  }

  private DeclaredCopy() {}
}

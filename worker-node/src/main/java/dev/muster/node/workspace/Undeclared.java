package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for the first thing in a workspace that is neither owed nor an input as it was given.
final class Undeclared extends SimpleFileVisitor<Path> {
  private final Path work;
  private final Path inputs;
  private final Set<Path> declared = new HashSet<>();
  private @Nullable Path found;

  Undeclared(Workspace workspace, List<String> declared) throws IOException {
    this.work = workspace.work();
    this.inputs = workspace.inputs();
    for (var path : declared) this.declared.add(WorkspacePath.inside(work, path));
  }

  boolean isThere() throws IOException {
    Files.walkFileTree(work, this);
    return found != null;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (declared.contains(folder)) return FileVisitResult.SKIP_SUBTREE;
    var needed =
        folder.equals(work)
            || declared.stream().anyMatch(path -> path.startsWith(folder))
            || Files.isDirectory(given(folder), LinkOption.NOFOLLOW_LINKS);
    return needed ? FileVisitResult.CONTINUE : end(folder);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    return declared.contains(file) || isAsGiven(file, attributes)
        ? FileVisitResult.CONTINUE
        : end(file);
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    return end(file);
  }

  private FileVisitResult end(Path undeclared) {
    found = undeclared;
    return FileVisitResult.TERMINATE;
  }

  private boolean isAsGiven(Path file, BasicFileAttributes attributes) throws IOException {
    var input = given(file);
    return attributes.isRegularFile()
        && Files.isRegularFile(input, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(file, input) < 0;
  }

  private Path given(Path path) {
    return inputs.resolve(work.relativize(path));
  }
}

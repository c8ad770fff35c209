package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies a tree as it is: with the times and permissions of its files and folders, and links as
/// links. Sockets, pipes and devices are left out: no test can need them.
///
/// What its owner may not read is left out too, whoever runs this, since a verdict must not depend
/// on the user of the node; and what lies too deep to be named. Files that vanish meanwhile are
/// gone.
final class TreeCopy extends SimpleFileVisitor<Path> {
  private final Path from;
  private final Path to;
  private final List<Path> leftOut = new ArrayList<>();

  private TreeCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /// What was left out because it cannot be read, relative to the tree.
  static List<Path> copy(Path from, Path to) throws IOException {
    var copy = new TreeCopy(from, to);
    Files.walkFileTree(from, copy);
    return List.copyOf(copy.leftOut);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    if (!Legible.is(folder, attributes)) return leaveOut(folder);
    try {
      Files.createDirectory(copyOf(folder));
      return FileVisitResult.CONTINUE;
    } catch (IOException e) {
      if (!Legible.isTooLong(e)) throw e;
      return leaveOut(folder);
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isOther()) return FileVisitResult.CONTINUE;
    if (!Legible.is(file, attributes)) return leaveOut(file);
    try {
      var copy = copyOf(file);
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) keepTime(copy, attributes);
      return FileVisitResult.CONTINUE;
    } catch (IOException e) {
      return visitFileFailed(file, e);
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
    if (failure instanceof AccessDeniedException || Legible.isTooLong(failure)) {
      return leaveOut(file);
    }
    throw failure;
  }

  /// Last, since what is copied into a folder changes its time, and may need its permissions.
  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (failure != null) throw failure;
    var copy = copyOf(folder);
    var times = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(copy, "unix:mode", Legible.mode(folder));
    Files.setLastModifiedTime(copy, times);
    return FileVisitResult.CONTINUE;
  }

  /// Of the link itself, which the copy does not keep.
  private static void keepTime(Path link, BasicFileAttributes attributes) throws IOException {
    Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(attributes.lastModifiedTime(), null, null);
  }

  private FileVisitResult leaveOut(Path path) {
    leftOut.add(from.relativize(path));
    return FileVisitResult.SKIP_SUBTREE;
  }

  private Path copyOf(Path path) {
    return to.resolve(from.relativize(path));
  }
}

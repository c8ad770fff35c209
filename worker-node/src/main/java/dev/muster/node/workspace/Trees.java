package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Whole folder trees, never through a symbolic link.
final class Trees {
  private static final int NAME_CHARS_MAX = 700;

  /// Deletes a tree, also one whose folders a worker has made unreadable, or has put into one
  /// another deeper than the kernel can name them: those are carried up first.
  static void delete(Path tree) throws IOException {
    while (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) deleteOrCarryUp(tree);
  }

  private static void deleteOrCarryUp(Path tree) throws IOException {
    var carriedUp = new int[1];
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            open(folder);
            if (tree.relativize(folder).toString().length() <= NAME_CHARS_MAX) {
              return FileVisitResult.CONTINUE;
            }
            Files.move(folder, unused(tree, carriedUp));
            return FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          // A folder that could not be listed: open it and go again.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) throw failure;
            open(file);
            delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) throw failure;
            if (carriedUp[0] == 0 || !folder.equals(tree)) Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path unused(Path tree, int[] count) {
    Path path;
    do {
      path = tree.resolve(".carried-up-" + ++count[0]);
    } while (Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    return path;
  }

  /// What the regular files of a tree hold together. Files that vanish meanwhile count nothing.
  static long bytes(Path tree) throws IOException {
    return size(tree).bytes();
  }

  /// The same with the number of files and folders, itself among them.
  static DiskUse size(Path tree) throws IOException {
    var bytes = new long[1];
    var files = new long[1];
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            files[0]++;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files[0]++;
            if (attributes.isRegularFile()) bytes[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return new DiskUse(bytes[0], files[0]);
  }

  private static void open(Path folder) throws IOException {
    if (Files.isWritable(folder) && Files.isExecutable(folder) && Files.isReadable(folder)) return;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private Trees() {}
}

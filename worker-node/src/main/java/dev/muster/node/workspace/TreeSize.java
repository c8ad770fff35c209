package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/// What a tree holds, also below where the kernel can name it (4096 bytes), and while others change
/// it. What vanishes meanwhile counts nothing.
///
/// @param bytes of its regular files, as long as they say they are: a hole counts like the rest
/// @param entries files, folders, links and all else
/// @param tooDeep whether it goes deeper than anybody follows it
public record TreeSize(long bytes, long entries, boolean tooDeep) {
  /// Below what can be named: each keeps a file open.
  private static final int UNNAMED_DEPTH_MAX = 256;

  /// Looks until there is more than may be.
  public static TreeSize of(Path tree, long bytesMax, long entriesMax) throws IOException {
    var count = new Count(bytesMax, entriesMax);
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) Files.walkFileTree(tree, count);
    return new TreeSize(count.bytes, count.entries, count.tooDeep);
  }

  private static final class Count extends SimpleFileVisitor<Path> {
    private final long bytesMax;
    private final long entriesMax;
    private long bytes;
    private long entries;
    private boolean tooDeep;

    private Count(long bytesMax, long entriesMax) {
      this.bytesMax = bytesMax;
      this.entriesMax = entriesMax;
    }

    private FileVisitResult add(BasicFileAttributes attributes) {
      entries++;
      if (attributes.isRegularFile()) bytes += attributes.size();
      return isOver() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private boolean isOver() {
      return bytes > bytesMax || entries > entriesMax || tooDeep;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return add(attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return add(attributes);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      var folder = file.getParent();
      if (!Legible.isTooLong(failure) || folder == null) return FileVisitResult.CONTINUE;
      try (var stream = Files.newDirectoryStream(folder)) {
        if (stream instanceof SecureDirectoryStream<Path> open) {
          var name = file.getFileName();
          below(open, name, 1);
        }
      } catch (IOException _) {
        // It is gone, or closed to this user as it is to its own.
      }
      return isOver() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    /// By name in an open folder, which may lie as deep as it likes.
    private void below(SecureDirectoryStream<Path> in, Path name, int depth) throws IOException {
      var view =
          in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      var attributes = view.readAttributes();
      add(attributes);
      if (isOver() || !attributes.isDirectory()) return;
      if (depth == UNNAMED_DEPTH_MAX) {
        tooDeep = true;
        return;
      }
      try (var folder = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        for (var entry : folder) {
          if (isOver()) return;
          below(folder, entry.getFileName(), depth + 1);
        }
      }
    }
  }
}

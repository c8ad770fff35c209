package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What the owner of a file may do with it. For root that is asked of the permissions, which would
/// not stop it: the same work must come to the same verdict whoever runs the node.
final class Legible {
  private static final int OWNER_READ = 0400;
  private static final int OWNER_ENTER = 0100;
  private static final int PERMISSIONS = 07777;

  /// Folders must be entered, too; links can always be read.
  static boolean is(Path path, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) return true;
    var needed = attributes.isDirectory() ? OWNER_READ | OWNER_ENTER : OWNER_READ;
    return (mode(path) & needed) == needed && Files.isReadable(path);
  }

  static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
  }

  /// The kernel names only what fits into 4096 bytes; folders in folders can be deeper.
  static boolean isTooLong(IOException failure) {
    return failure instanceof FileSystemException e && "File name too long".equals(e.getReason());
  }

  private Legible() {}
}

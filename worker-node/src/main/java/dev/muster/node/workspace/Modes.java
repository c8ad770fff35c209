package dev.muster.node.workspace;

import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/// Permissions as the number that `chmod` takes.
final class Modes {
  private Modes() {}

  /// Without the bits that give somebody else's rights.
  static int of(PosixFileAttributes attributes) {
    var mode = 0;
    for (var permission : attributes.permissions()) mode |= bit(permission);
    return mode;
  }

  private static int bit(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ -> 0400;
      case OWNER_WRITE -> 0200;
      case OWNER_EXECUTE -> 0100;
      case GROUP_READ -> 0040;
      case GROUP_WRITE -> 0020;
      case GROUP_EXECUTE -> 0010;
      case OTHERS_READ -> 0004;
      case OTHERS_WRITE -> 0002;
      case OTHERS_EXECUTE -> 0001;
    };
  }
}

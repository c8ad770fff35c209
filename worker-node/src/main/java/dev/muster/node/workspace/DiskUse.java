package dev.muster.node.workspace;

/// What something takes up on a disk.
///
/// @param bytes in regular files
/// @param files files and folders
public record DiskUse(long bytes, long files) {
  static final DiskUse NONE = new DiskUse(0, 0);

  DiskUse and(DiskUse other) {
    return new DiskUse(bytes + other.bytes, files + other.files);
  }
}

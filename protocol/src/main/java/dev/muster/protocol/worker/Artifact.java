package dev.muster.protocol.worker;

import org.jspecify.annotations.Nullable;

/// One deliverable as it was when its worker completed, kept in the artifact store by its digest.
///
/// @param path workspace-relative
/// @param sha256 lower-case hex
/// @param bytes size of the content
/// @param executable whether the file had its owner's execute bit
/// @param modifiedNanos when it was last written, since 1970, so that whoever builds on it finds
///   the same order of files; null when nobody noted it
public record Artifact(
    String path, String sha256, long bytes, boolean executable, @Nullable Long modifiedNanos) {
  public Artifact(String path, String sha256, long bytes, boolean executable) {
    this(path, sha256, bytes, executable, null);
  }

  /// What makes it the same deliverable: content, and whether it can be executed.
  public Artifact withoutTime() {
    return new Artifact(path, sha256, bytes, executable);
  }
}

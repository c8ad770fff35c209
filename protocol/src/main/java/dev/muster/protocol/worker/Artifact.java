package dev.muster.protocol.worker;

/// One deliverable as it was when its worker completed, kept in the artifact store by its digest.
///
/// @param path workspace-relative
/// @param sha256 lower-case hex
/// @param bytes size of the content
/// @param executable whether the file had its owner's execute bit
public record Artifact(String path, String sha256, long bytes, boolean executable) {}

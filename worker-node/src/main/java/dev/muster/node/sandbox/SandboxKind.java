package dev.muster.node.sandbox;

/// Which sandbox a node has, best first.
public enum SandboxKind {
  BUBBLEWRAP("bubblewrap"),
  /// Made of the programs of util-linux, which every Linux has.
  UTIL_LINUX("util-linux"),
  NONE("none");

  private final String word;

  SandboxKind(String word) {
    this.word = word;
  }

  /// The same word on screens, in the API and in logs.
  public String word() {
    return word;
  }
}

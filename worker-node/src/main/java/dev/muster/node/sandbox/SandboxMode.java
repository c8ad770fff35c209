package dev.muster.node.sandbox;

/// What an operator wants of the sandbox.
public enum SandboxMode {
  /// Use it where it works; warn, and gate everything above read-only, where it does not.
  PREFER,
  /// Refuse to start where it does not work.
  REQUIRE,
  /// Do without.
  OFF
}

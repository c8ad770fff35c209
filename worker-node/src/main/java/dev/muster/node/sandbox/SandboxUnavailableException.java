package dev.muster.node.sandbox;

import java.io.IOException;

/// The sandbox is required, and this host has none that works.
public final class SandboxUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String why;

  SandboxUnavailableException(String why) {
    super(
        "expected a working sandbox because sandbox = require, but %s; install the package `bubblewrap`, allow user namespaces, or set sandbox = prefer"
            .formatted(why));
    this.why = why;
  }

  /// What was tried, and what came of it, on one line.
  public String why() {
    return why;
  }
}

package dev.muster.node.sandbox;

import java.io.IOException;

/// The sandbox is required, and this host has none that works.
public final class SandboxUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  SandboxUnavailableException(String why) {
    super(
        "expected a working bubblewrap because sandbox = require, but %s; install the package `bubblewrap` and allow user namespaces, or set sandbox = prefer"
            .formatted(why));
  }
}

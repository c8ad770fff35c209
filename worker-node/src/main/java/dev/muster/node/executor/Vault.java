package dev.muster.node.executor;

import java.io.IOException;

/// Where the values are that operations are given by name.
public interface Vault {
  /// Nothing has been set.
  Vault EMPTY =
      name -> {
        throw new IOException(unset(name));
      };

  /// @throws IOException in words, when there is none, or none that this node can read
  String reveal(String name) throws IOException;

  static String unset(String name) {
    return "expected the secret %s, found none: set it with `muster secrets set %s`, then retry"
        .formatted(name, name);
  }
}

package dev.muster.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the operator's token comes from: `MUSTER_TOKEN`, else a file.
record TokenSource(Map<String, String> environment, Path file) {
  @Nullable String read() {
    var given = environment.getOrDefault("MUSTER_TOKEN", "").strip();
    if (!given.isEmpty()) return given;
    try {
      var token = Files.readString(file).strip();
      return token.isEmpty() ? null : token;
    } catch (IOException _) {
      return null; // the node then says that a token is missing, if it wants one
    }
  }
}

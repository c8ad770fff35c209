package dev.muster.cli.session;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this process shows a node: `MUSTER_TOKEN`, else what somebody got who has logged in there,
/// else the token of the data folder.
///
/// @param environment of the process
record Bearer(Map<String, String> environment, Pace pace) {
  /// For the node of a data folder. Null where there is none: the node then says what it expects.
  @Nullable String own(Path file) {
    var given = environment.getOrDefault("MUSTER_TOKEN", "").strip();
    if (!given.isEmpty()) return given;
    try {
      var token = Files.readString(file).strip();
      return token.isEmpty() ? null : token;
    } catch (IOException _) {
      return null;
    }
  }

  /// For a node that was named. What was got from one server is shown to no other.
  @Nullable String at(URI server, Path file) {
    if (!environment.getOrDefault("MUSTER_TOKEN", "").isBlank()) return own(file);
    var got = Logins.of(environment).token(server, pace.now());
    return got == null ? own(file) : got;
  }
}

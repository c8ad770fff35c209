package dev.muster.cli.terminal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this command was told about where its node is, so that the commands it advises reach the
/// same one.
///
/// @param data as `--data` gave it; null when it did not
/// @param server as `--server` gave it; null when it did not
public record Reach(@Nullable String data, @Nullable String server) {
  public static final Reach USUAL = new Reach(null, null);

  /// They need no node.
  private static final Set<String> FREE =
      Set.of("init", "lint", "plan", "trust", "version", "completion");

  /// They start nodes, and refuse one that runs elsewhere.
  private static final Set<String> LOCAL = Set.of("up", "cluster");

  /// @param command such as `muster runs list`
  String command(String command) {
    var words = command.split(" ", 3);
    var verb = words.length > 1 ? words[1] : "";
    if (FREE.contains(verb)) return command;
    return command + flag("--data", data) + (LOCAL.contains(verb) ? "" : flag("--server", server));
  }

  private static String flag(String name, @Nullable String value) {
    return value == null ? "" : " " + name + " " + Text.quoted(value);
  }
}

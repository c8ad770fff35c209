package dev.muster.node.executor;

import java.nio.file.Path;
import java.util.Map;

/// A script that looks, where it runs and before its first line, whether the folders it may write
/// are those that were approved: a name that was exchanged while the sandbox was built leads to
/// another inode, and then nothing is run.
final class Guarded {
  private Guarded() {}

  /// On the script's first line, so that bash counts its lines as they are.
  static String script(String script, Map<Path, String> real) {
    var guard = new StringBuilder();
    real.forEach((folder, key) ->
        guard
            .append("[ \"$(stat -c %d:%i -- ")
            .append(quoted(folder.toString()))
            .append(")\" = ")
            .append(quoted(key))
            .append(" ] || { printf '%s\\n' ")
            .append(
                quoted(
                    "nothing was run: "
                        + folder
                        + " was exchanged for something else after it was approved"))
            .append("; exit 125; }; "));
    return guard + script;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}

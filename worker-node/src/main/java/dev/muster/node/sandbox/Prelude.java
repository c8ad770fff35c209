package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands before the sandbox of a step: one shell that waits until it is told that everything
/// around it is in place, and then becomes the sandbox. What is done to it from outside costs no
/// process of its own.
///
/// @param cage that it is put into; null when there is none
/// @param user that its output is to belong to, else `echo > /dev/stderr` would be refused, since
///   that opens what this node has made for itself; null when it stays whoever runs this node
/// @param leave what the sandbox waits for once it stands
record Prelude(@Nullable Cage cage, @Nullable OtherUser user, Leave leave) {
  /// The descriptor in which the sandbox finds a file that Java cannot hand down.
  static final String FILE_FD = "9";

  /// When this JVM dies meanwhile there is nothing to read, and nothing begins.
  private static final String WAIT =
      "read -r _ || exit 125; file=$1; shift; [ -z \"$file\" ] || exec "
          + FILE_FD
          + "< \"$file\" || exit 125; exec \"$@\"";

  private static final String NO_INPUT = " < /dev/null";

  static List<String> before(@Nullable Path file, List<String> command) {
    return before(file, command, Leave.GIVEN);
  }

  /// @param file to open for the command; null when it needs none
  /// @param leave where the command waits for that, it keeps the input by which it hears of it
  static List<String> before(@Nullable Path file, List<String> command, Leave leave) {
    var wait = leave.waits() ? WAIT : WAIT + NO_INPUT;
    var line = new ArrayList<>(List.of("/bin/sh", "-c", wait, "sh"));
    line.add(file == null ? "" : file.toString());
    line.addAll(command);
    return line;
  }

  /// Starts it and lets it go on; not interruptible.
  Process start(ProcessLauncher launcher, ProcessBuilder builder) throws IOException {
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    return launcher.run(() -> letGoOn(Orphans.starting(builder::start)));
  }

  private Process letGoOn(Process process) throws IOException {
    try {
      var told = process.getOutputStream();
      if (cage != null) cage.take(process.pid());
      if (user != null) user.ownOpen(Path.of("/proc", Long.toString(process.pid()), "fd", "1"));
      told.write('\n');
      if (leave.waits()) told.flush();
      else told.close();
      return process;
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }
}

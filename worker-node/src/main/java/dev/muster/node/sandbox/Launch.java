package dev.muster.node.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command line and the environment that every script gets, in whatever sandbox.
final class Launch {
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  static final String BASH = "/bin/bash";

  /// Its input is the `/dev/null` of its own surroundings, since an open file of the host would be
  /// a way to change that file.
  ///
  /// @param limits set by a small shell before it becomes the script's; a limit that the host
  ///   already holds lower stays as it is
  static List<String> bash(List<String> limits, Path script) {
    return bash(limits, script, Leave.GIVEN);
  }

  /// @param leave where it has to wait for that, it reads a line of its input first
  static List<String> bash(List<String> limits, Path script, Leave leave) {
    var command = new ArrayList<String>();
    var set = new StringBuilder(leave.waits() ? "read -r _ || exit 125; " : "");
    set.append("ulimit -c 0;");
    for (var limit : limits) set.append(" ulimit ").append(limit).append(" 2>/dev/null || :;");
    command.addAll(List.of("/bin/sh", "-c", set + " exec \"$@\" </dev/null", "muster"));
    command.addAll(List.of(BASH, "-eo", "pipefail", script.toString()));
    return command;
  }

  /// Exactly these variables, nothing of the host's.
  ///
  /// @param prepared environments of languages
  /// @param python folder of [ProofSwitches], as the script sees it, like the other places
  static Map<String, String> environment(
      Job job, List<Path> prepared, Path python, String temporary, String inputs, Path target) {
    var variables = new LinkedHashMap<>(Environments.variables(prepared));
    variables.put("HOME", temporary);
    variables.put("LANG", "C.UTF-8");
    variables.put("TMPDIR", temporary);
    variables.put("MUSTER_TARGET", target.toString());
    variables.put("MUSTER_RUN", job.names().run());
    variables.put("MUSTER_WORKER", job.names().worker());
    variables.put("MUSTER_ATTEMPT", Integer.toString(job.names().attempt()));
    variables.put("MUSTER_INPUTS", inputs);
    variables.putAll(job.secrets().values());
    if (job.proves()) variables.putAll(ProofSwitches.of(python));
    return variables;
  }

  /// The limits of single processes; those of the whole tree are only here when no cgroup can be
  /// had.
  static List<String> limits(SandboxLimits limits, boolean caged, boolean countsProcesses) {
    var set = new ArrayList<String>();
    // In the units of every shell but bash by its own name.
    set.add("-f " + limits.fileBytesMax() / 512);
    // Data, not address space: runtimes reserve far more of that than they ever touch.
    if (!caged) set.add("-d " + limits.memoryBytes() / 1024);
    if (!caged && countsProcesses) set.add(processes(limits));
    return set;
  }

  /// A small shell may know the limit by another letter.
  private static String processes(SandboxLimits limits) {
    return "-u %1$d 2>/dev/null || ulimit -p %1$d".formatted(limits.processesMax());
  }

  /// A program on the usual path; null when it is not installed.
  static @Nullable Path program(String name) {
    for (var folder : PATH.split(":", -1)) {
      var file = Path.of(folder, name);
      if (Files.isExecutable(file)) return file;
    }
    return null;
  }

  private Launch() {}
}

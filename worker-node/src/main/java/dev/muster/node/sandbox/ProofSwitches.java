package dev.muster.node.sandbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Variables by which interpreters do not look for programs where a worker might have put some.
///
/// Python leaves out the folder that it starts in (so `json.py` there is not the library's), and
/// gets back those whose modules the instruction itself declares. Git believes no settings of a
/// repository that start programs. What perl, bash and node would read is not set at all.
final class ProofSwitches {
  static Map<String, String> of(Path work, Job.Proof proof) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PYTHONSAFEPATH", "1");
    variables.put("PYTHONNOUSERSITE", "1");
    variables.put(
        "PYTHONPATH",
        Stream.concat(Stream.of(work), proof.modules().stream().map(work::resolve))
            .map(folder -> folder.normalize().toString())
            .distinct()
            .collect(Collectors.joining(":")));
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
    variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
    git(variables, "safe.directory", "*", "core.fsmonitor", "false", "core.hooksPath", "/dev/null");
    return variables;
  }

  /// Settings that come before those of a repository (git(1), GIT_CONFIG_COUNT).
  private static void git(Map<String, String> variables, String... settings) {
    variables.put("GIT_CONFIG_COUNT", Integer.toString(settings.length / 2));
    for (var i = 0; i < settings.length; i += 2) {
      variables.put("GIT_CONFIG_KEY_" + i / 2, settings[i]);
      variables.put("GIT_CONFIG_VALUE_" + i / 2, settings[i + 1]);
    }
  }

  private ProofSwitches() {}
}

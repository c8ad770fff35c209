package dev.muster.node.sandbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Variables by which interpreters do not run what a worker left for them in place of their own.
///
/// Python does not look first in the folder that it starts in, nor in that of the script (so
/// `json.py` there is not the library's), but last. Git believes no settings of a repository that
/// start programs. What perl, bash and node would read is not set at all.
final class ProofSwitches {
  /// Read by Python at its start, from a folder of the runtime's own.
  static final String SITE =
      """
      import os, sys
      for _it in [os.getcwd()] + [
          os.path.dirname(os.path.abspath(_a)) for _a in getattr(sys, "orig_argv", [])[1:]
          if _a.endswith(".py")]:
          if _it not in sys.path: sys.path.append(_it)
      del _it
      """;

  /// @param python folder with nothing but [#SITE], as `sitecustomize.py`
  static Map<String, String> of(Path python) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PYTHONSAFEPATH", "1");
    variables.put("PYTHONNOUSERSITE", "1");
    variables.put("PYTHONPATH", python.toString());
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
